SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.member_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO event_deliveries (programme_id, subscription_id, member_id, version, kind, at, state, attempts, due_at) SELECT NEW.programme_id, s.id, NEW.id, NEW.version, k.kind, NEW.updated_at, 'pending', 0, NEW.updated_at FROM (SELECT CASE WHEN NEW.state = 'closed' AND OLD.state <> 'closed' THEN 'closed' WHEN NEW.state = 'leaver' AND OLD.state <> 'leaver' THEN 'left' WHEN OLD.state IN ('leaver', 'closed') AND NEW.state NOT IN ('leaver', 'closed') THEN 'rejoined' WHEN NEW.version > OLD.version AND NEW.state <> 'closed' AND (NEW.fields <> OLD.fields OR NEW.employee_id IS DISTINCT FROM OLD.employee_id) THEN 'updated' END AS kind) k JOIN subscriptions s ON s.kinds LIKE '% ' || k.kind || ' %' WHERE s.programme_id = NEW.programme_id ON CONFLICT DO NOTHING; RETURN NULL; END $$;
CREATE FUNCTION public.member_joined() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO event_deliveries (programme_id, subscription_id, member_id, version, kind, at, state, attempts, due_at) SELECT NEW.programme_id, s.id, NEW.id, NEW.version, 'joined', NEW.updated_at, 'pending', 0, NEW.updated_at FROM subscriptions s WHERE s.programme_id = NEW.programme_id AND s.kinds LIKE '% joined %' ON CONFLICT DO NOTHING; RETURN NULL; END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.administrators (
    id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    password_hash text,
    totp_secret bytea,
    totp_last_step bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE TABLE public.api_tokens (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    token_hash text NOT NULL,
    name text NOT NULL,
    scopes text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    last_used_at bigint,
    expires_at bigint,
    revoked_at bigint
);
CREATE TABLE public.attempts (
    key_hash text NOT NULL,
    failures integer NOT NULL,
    last_at bigint NOT NULL,
    blocked_until bigint NOT NULL
);
CREATE TABLE public.audit (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    at bigint NOT NULL,
    actor_kind text NOT NULL,
    actor text NOT NULL,
    address text,
    action text NOT NULL,
    subject text NOT NULL,
    before text,
    after text
);
CREATE TABLE public.changes (
    programme_id uuid NOT NULL,
    import_id uuid NOT NULL,
    try_number integer NOT NULL,
    row_number bigint NOT NULL,
    "position" bigint NOT NULL,
    kind text NOT NULL,
    member_id uuid,
    version bigint NOT NULL,
    employee_id text,
    name text NOT NULL,
    reason text,
    member_state text,
    before text NOT NULL,
    after text NOT NULL,
    claim text,
    twin_key text,
    search_key text NOT NULL,
    frees uuid,
    welcome text,
    mail_id uuid,
    clock_stopped_until text,
    print bigint,
    changes_id boolean NOT NULL,
    keeps boolean NOT NULL,
    skipped boolean NOT NULL
);
CREATE TABLE public.close_downs (
    programme_id uuid NOT NULL,
    member_id uuid NOT NULL,
    left_at bigint NOT NULL,
    notice_at bigint,
    notice_mail uuid,
    reminded integer,
    told text,
    stood_days integer NOT NULL,
    stopped_since text,
    stopped_until text,
    erase_on text,
    settings_print bigint NOT NULL,
    next_at bigint NOT NULL
);
CREATE TABLE public.closing (
    programme_id uuid NOT NULL,
    trace_key bytea,
    rejected_until bigint NOT NULL
);
CREATE TABLE public.decisions (
    programme_id uuid NOT NULL,
    integration_id uuid NOT NULL,
    employee_id text NOT NULL,
    member_id uuid NOT NULL,
    answer text NOT NULL,
    decided_at bigint NOT NULL,
    fulfilled_at bigint
);
CREATE TABLE public.event_deliveries (
    programme_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    member_id uuid NOT NULL,
    version bigint NOT NULL,
    kind text NOT NULL,
    at bigint NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    due_at bigint NOT NULL,
    sent_at bigint,
    status integer,
    failure text
);
CREATE TABLE public.exclusions (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    integration_id uuid,
    employee_id text,
    member_id uuid,
    reason text NOT NULL,
    excluded_by text NOT NULL,
    excluded_at bigint NOT NULL
);
CREATE TABLE public.idempotency (
    programme_id uuid NOT NULL,
    token_id uuid NOT NULL,
    key text NOT NULL,
    request_print text NOT NULL,
    import_id uuid NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.imports (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    integration_id uuid NOT NULL,
    purpose text NOT NULL,
    trigger text NOT NULL,
    person text,
    renumbered boolean NOT NULL,
    state text NOT NULL,
    stage_since bigint NOT NULL,
    try_number integer NOT NULL,
    progress_done bigint NOT NULL,
    progress_total bigint NOT NULL,
    cursor bigint NOT NULL,
    counts text NOT NULL,
    members_before bigint NOT NULL,
    held_by text NOT NULL,
    held_because text NOT NULL,
    facts text,
    settings_print bigint,
    plan_print text,
    leavers_print text,
    approved text,
    answered_by text,
    failure_code text,
    failure text,
    created_at bigint NOT NULL,
    held_at bigint,
    finished_at bigint,
    duration_ms bigint NOT NULL
);
CREATE TABLE public.integrations (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    source text NOT NULL,
    owner text NOT NULL,
    base_url text,
    client_id text,
    secret bytea,
    requests_per_minute integer,
    schedule text NOT NULL,
    recipients text NOT NULL,
    rules text,
    rules_print bigint,
    draft text,
    agreed_leavers text,
    state text NOT NULL,
    published_at bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE TABLE public.invitations (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    generation integer NOT NULL,
    route text NOT NULL,
    code_hash text,
    valid_from bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint,
    reminder_at bigint,
    reminders integer NOT NULL,
    is_due_again boolean NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.links (
    token_hash text NOT NULL,
    kind text NOT NULL,
    administrator_id uuid,
    programme_id uuid,
    expires_at bigint NOT NULL,
    used_at bigint,
    created_at bigint NOT NULL
);
CREATE TABLE public.mail_templates (
    programme_id uuid NOT NULL,
    kind text NOT NULL,
    language text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    updated_at bigint NOT NULL
);
CREATE TABLE public.member_credentials (
    programme_id uuid NOT NULL,
    member_id uuid NOT NULL,
    password_hash text NOT NULL,
    totp_secret bytea,
    totp_last_step bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE TABLE public.member_links (
    programme_id uuid NOT NULL,
    token_hash text NOT NULL,
    member_id uuid NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint,
    created_at bigint NOT NULL
);
CREATE TABLE public.member_recovery_codes (
    programme_id uuid NOT NULL,
    member_id uuid NOT NULL,
    hash text NOT NULL
);
CREATE TABLE public.member_sessions (
    programme_id uuid NOT NULL,
    token_hash text NOT NULL,
    member_id uuid NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    second_factor_due boolean NOT NULL,
    address text,
    agent text NOT NULL
);
CREATE TABLE public.members (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    integration_id uuid,
    employee_id text,
    email_key text,
    twin_key text,
    search_key text NOT NULL,
    fields text NOT NULL,
    state text NOT NULL,
    state_before_leaving text,
    left_at bigint,
    left_import_id uuid,
    leave_reason text,
    clock_stopped_until text,
    record_print bigint,
    kept_by_hand bigint,
    locked_until text,
    lock_reason text,
    locked_by text,
    locked_at bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE TABLE public.outbox (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    member_id uuid,
    import_id uuid,
    route text NOT NULL,
    recipient text,
    state text NOT NULL,
    due_at bigint NOT NULL,
    created_at bigint NOT NULL,
    sent_at bigint,
    failure text,
    attempts integer DEFAULT 0 NOT NULL,
    failure_code text
);
CREATE TABLE public.problems (
    programme_id uuid NOT NULL,
    import_id uuid NOT NULL,
    try_number integer NOT NULL,
    number bigint NOT NULL,
    row_number bigint,
    member_id uuid,
    employee_id text,
    name text NOT NULL,
    code text NOT NULL,
    severity text NOT NULL,
    field text,
    value text,
    other text
);
CREATE TABLE public.programme_administrators (
    programme_id uuid NOT NULL,
    administrator_id uuid NOT NULL,
    role text NOT NULL,
    invited_by text NOT NULL,
    created_at bigint NOT NULL,
    accepted_at bigint
);
CREATE TABLE public.programmes (
    id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    time_zone text NOT NULL,
    settings text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.recovery_codes (
    administrator_id uuid NOT NULL,
    hash text NOT NULL
);
CREATE TABLE public.refusals (
    programme_id uuid NOT NULL,
    member_id uuid NOT NULL,
    address_hash text NOT NULL,
    detail text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.seaql_migrations (
    version character varying NOT NULL,
    applied_at bigint NOT NULL
);
CREATE TABLE public.sessions (
    token_hash text NOT NULL,
    administrator_id uuid NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    second_factor_due boolean NOT NULL,
    address text,
    agent text NOT NULL
);
CREATE TABLE public.subscriptions (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    url text NOT NULL,
    kinds text NOT NULL,
    secret bytea NOT NULL,
    previous_secret bytea,
    previous_until bigint,
    state text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.traces (
    programme_id uuid NOT NULL,
    member_id uuid NOT NULL,
    id_hash text,
    email_hash text,
    reason text NOT NULL,
    joined_at bigint NOT NULL,
    left_at bigint NOT NULL,
    closed_at bigint,
    excluded boolean NOT NULL
);
CREATE TABLE public.upload_rows (
    programme_id uuid NOT NULL,
    upload_id uuid NOT NULL,
    line integer NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    member_id uuid,
    version bigint NOT NULL,
    before text NOT NULL,
    after text NOT NULL,
    problems text NOT NULL,
    state text NOT NULL
);
CREATE TABLE public.uploads (
    programme_id uuid NOT NULL,
    id uuid NOT NULL,
    invite boolean NOT NULL,
    uploaded_by text NOT NULL,
    uploaded_at bigint NOT NULL,
    applied_at bigint
);
CREATE TABLE public.work (
    programme_id uuid NOT NULL,
    kind text NOT NULL,
    lease uuid NOT NULL,
    heartbeat bigint NOT NULL
);
INSERT INTO public.administrators VALUES ('01900000-0000-7000-8000-00000000004d', 'planted', 'planted', 'planted', 'planted', 'planted', '\x00ff9f', 77, 77, 77);
INSERT INTO public.api_tokens VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01900000-0000-7000-8000-00000000004d', 'planted', 'planted', 'planted', 'planted', 77, 77, 77, 77);
INSERT INTO public.attempts VALUES ('planted', 77, 77, 77);
INSERT INTO public.audit VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-81bc-79d8-9680-0602baab22a4', 1795641868732759, 'command', 'command line', NULL, 'integration.published', 'personio', NULL, '{"employee_id":"id","mapping":{"email":{"key":"email","kind":"text"},"first_name":{"key":"first_name","kind":"text"},"last_name":{"key":"last_name","kind":"text"},"department":{"key":"department","kind":"text"}},"segment":[],"early_days":null,"absent":"leave","welcome_email":true,"no_mailbox_domains":[],"guard":{"leavers_percent":10,"leavers_count":5,"week_leavers_percent":20,"week_leavers_count":10,"short_read_percent":50,"short_read_count":20,"identity_percent":5,"identity_count":5,"joiners_percent":50,"joiners_count":20},"schedule":{"frequency":"daily","hour":6,"minute":0,"weekday":"monday","day":1},"recipients":[],"saved":["initial-setup","mapping"]}');
INSERT INTO public.audit VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8226-7019-8b7e-2b100d02b18c', 1795641868838140, 'command', 'command line', NULL, 'import.started', '01a21498-8223-75c9-9d48-8b2b016681d7', NULL, '{"renumbered":false,"trigger":"command"}');
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 0, 1099511627776, 'join', '01a21498-8245-7344-8d4a-349efb453610', 0, '1204120', 'Océane Le Goff-Dupré', NULL, 'invited', '[]', '{"email":"oceane.le-goff-dupre@acme.example","first_name":"Océane","last_name":"Le Goff-Dupré","department":"Geschäftsführung","seen.status":"active"}', 'oceane.le-goff-dupre@acme.example', NULL, '	legoffdupre	oceane	oceanelegoffdupreacmeexample	1204120', NULL, 'account', '01a21498-8245-768f-a70a-e82ab90047e5', NULL, -2590099500455713265, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 1, 1099511627777, 'join', '01a21498-8245-7a7e-a576-685b4234a305', 0, '1204122', 'Loïc Hébert-Saint-Étienne', NULL, 'invited', '[]', '{"email":"loic.hebert-saint-etienne@acme.example","first_name":"Loïc","last_name":"Hébert-Saint-Étienne","department":"Kundenservice","seen.status":"active"}', 'loic.hebert-saint-etienne@acme.example', NULL, '	hebertsaintetienne	loic	loichebertsaintetienneacmeexample	1204122', NULL, 'account', '01a21498-8245-7daa-b26a-1304e3cf1a1d', NULL, -7945725295275550670, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 2, 1099511627778, 'join', '01a21498-8245-78e5-8fea-bca9b8a91c4b', 0, '1204125', 'Özlem Özgür', NULL, 'invited', '[]', '{"email":"oezlem.oezguer@acme.example","first_name":"Özlem","last_name":"Özgür","department":"Kundenservice","seen.status":"active"}', 'oezlem.oezguer@acme.example', NULL, '	ozgur	ozlem	oezlemoezgueracmeexample	1204125', NULL, 'account', '01a21498-8245-7ed3-ae30-67d66e4cfb5b', NULL, 6320852201230398121, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 3, 1099511627779, 'join', '01a21498-8245-795c-a37c-ced5b18950f1', 0, '1204126', 'Gonçalo dos Santos Brandão', NULL, 'invited', '[]', '{"email":"goncalo.dos-santos-brandao@acme.example","first_name":"Gonçalo","last_name":"dos Santos Brandão","department":"Product & Design","seen.status":"active"}', 'goncalo.dos-santos-brandao@acme.example', NULL, '	dossantosbrandao	goncalo	goncalodossantosbrandaoacmeexample	1204126', NULL, 'account', '01a21498-8245-70a3-8187-f9ee50688411', NULL, -4118593924629342321, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 4, 1099511627780, 'join', '01a21498-8245-7b0e-a8b4-89b04ce84e7a', 0, '1204128', 'Rahul Khan', NULL, 'invited', '[]', '{"email":"rahul.khan@acme.example","first_name":"Rahul","last_name":"Khan","department":"Engineering","seen.status":"active"}', 'rahul.khan@acme.example', NULL, '	khan	rahul	rahulkhanacmeexample	1204128', NULL, 'account', '01a21498-8245-7b4e-83dc-e99aa774025d', NULL, 8480020424947810239, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 5, 1099511627781, 'join', '01a21498-8245-73bc-b440-4a48ad327ac7', 0, '1204130', 'Stefan Meyer', NULL, 'invited', '[]', '{"email":"stefan.meyer@acme.example","first_name":"Stefan","last_name":"Meyer","department":"Finance","seen.status":"active"}', 'stefan.meyer@acme.example', NULL, '	meyer	stefan	stefanmeyeracmeexample	1204130', NULL, 'account', '01a21498-8245-7a8d-bec1-b5f0535312d4', NULL, -3412337727479041554, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 6, 1099511627782, 'join', '01a21498-8245-7962-a25a-791936808ac5', 0, '1204134', 'Loïc L’Hôpital', NULL, 'invited', '[]', '{"email":"loic.lhopital@acme.example","first_name":"Loïc","last_name":"L’Hôpital","department":"Engineering","seen.status":"active"}', 'loic.lhopital@acme.example', NULL, '	lhopital	loic	loiclhopitalacmeexample	1204134', NULL, 'account', '01a21498-8245-7ef4-8098-8656022c5a81', NULL, 2686896890824247069, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 7, 1099511627783, 'join', '01a21498-8245-796d-a4ab-8d227afa0597', 0, '1204135', 'Sjoerd van den Berg', NULL, 'invited', '[]', '{"email":"sjoerd.van-den-berg@acme.example","first_name":"Sjoerd","last_name":"van den Berg","department":"Finance","seen.status":"active"}', 'sjoerd.van-den-berg@acme.example', NULL, '	vandenberg	sjoerd	sjoerdvandenbergacmeexample	1204135', NULL, 'account', '01a21498-8245-753b-bc87-006d820aa646', NULL, 1413358656424333939, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 8, 1099511627784, 'join', '01a21498-8245-79c6-a807-c3e5bb28c102', 0, '1204144', 'Maximilian Neumann', NULL, 'invited', '[]', '{"email":"maximilian.neumann@acme.example","first_name":"Maximilian","last_name":"Neumann","department":"Engineering","seen.status":"active"}', 'maximilian.neumann@acme.example', NULL, '	neumann	maximilian	maximilianneumannacmeexample	1204144', NULL, 'account', '01a21498-8245-776a-9d2f-63ad24ffab26', NULL, -7069946476429254073, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 9, 1099511627785, 'join', '01a21498-8245-77ef-aa59-a209df0c0b2d', 0, '1204148', 'Björn Schneider', NULL, 'invited', '[]', '{"email":"bjoern.schneider@acme.example","first_name":"Björn","last_name":"Schneider","department":"Product & Design","seen.status":"active"}', 'bjoern.schneider@acme.example', NULL, '	schneider	bjorn	bjoernschneideracmeexample	1204148', NULL, 'account', '01a21498-8245-7eef-835d-b14e386098e6', NULL, 1038529927355798405, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 10, 1099511627786, 'join', '01a21498-8245-76d9-95bd-9d4ea83eb7f0', 0, '1204150', 'Torsten Jäger', NULL, 'invited', '[]', '{"email":"torsten.jaeger@acme.example","first_name":"Torsten","last_name":"Jäger","department":"Engineering","seen.status":"active"}', 'torsten.jaeger@acme.example', NULL, '	jager	torsten	torstenjaegeracmeexample	1204150', NULL, 'account', '01a21498-8245-7471-9d15-326f58c28ed5', NULL, -3416682592246178182, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 11, 1099511627787, 'join', '01a21498-8245-7f76-9e13-342b15441a6c', 0, '1204152', 'Léa Géroux', NULL, 'invited', '[]', '{"email":"lea.geroux@acme.example","first_name":"Léa","last_name":"Géroux","department":"Logistik","seen.status":"active"}', 'lea.geroux@acme.example', NULL, '	geroux	lea	leagerouxacmeexample	1204152', NULL, 'account', '01a21498-8245-7f88-8d82-26fe6268f5da', NULL, 5344795051953827004, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 12, 1099511627788, 'join', '01a21498-8245-7196-ab76-bd37d39339ed', 0, '1204156', 'Božena Křížová', NULL, 'invited', '[]', '{"email":"bozena.krizova@acme.example","first_name":"Božena","last_name":"Křížová","department":"Logistik","seen.status":"active"}', 'bozena.krizova@acme.example', NULL, '	krizova	bozena	bozenakrizovaacmeexample	1204156', NULL, 'account', '01a21498-8245-7df1-94ea-f4552acaf43d', NULL, -844684910447839496, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 13, 1099511627789, 'join', '01a21498-8245-787a-99ef-6d75c1ca9020', 0, '1204159', 'Min-jun Ouyang', NULL, 'invited', '[]', '{"email":"min-jun.ouyang@acme.example","first_name":"Min-jun","last_name":"Ouyang","department":"Sales","seen.status":"active"}', 'min-jun.ouyang@acme.example', NULL, '	ouyang	minjun	minjunouyangacmeexample	1204159', NULL, 'account', '01a21498-8245-7e56-87a6-a232df065a2b', NULL, -3487140232199026130, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 14, 1099511627790, 'join', '01a21498-8245-7463-860e-7fc0617b1ced', 0, '1204160', 'Petra Schmidt', NULL, 'invited', '[]', '{"email":"petra.schmidt@acme.example","first_name":"Petra","last_name":"Schmidt","department":"Engineering","seen.status":"active"}', 'petra.schmidt@acme.example', NULL, '	schmidt	petra	petraschmidtacmeexample	1204160', NULL, 'account', '01a21498-8245-735f-8dcd-b2c52a1dafac', NULL, 8318132345756812940, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 15, 1099511627791, 'join', '01a21498-8245-788f-ac5a-21f7f0d7f7f5', 0, '1204163', 'Tomáš Dvořák', NULL, 'invited', '[]', '{"email":"tomas.dvorak@acme.example","first_name":"Tomáš","last_name":"Dvořák","department":"Engineering","seen.status":"active"}', 'tomas.dvorak@acme.example', NULL, '	dvorak	tomas	tomasdvorakacmeexample	1204163', NULL, 'account', '01a21498-8245-7865-8d16-26709470cbdf', NULL, -4629541468096663581, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 16, 1099511627792, 'join', '01a21498-8245-7c0f-ad48-5d032e0f35bf', 0, '1204169', 'Ángel Peña Fernández', NULL, 'invited', '[]', '{"email":"angel.pena-fernandez@acme.example","first_name":"Ángel","last_name":"Peña Fernández","department":"Engineering","seen.status":"leave"}', 'angel.pena-fernandez@acme.example', NULL, '	penafernandez	angel	angelpenafernandezacmeexample	1204169', NULL, 'account', '01a21498-8245-719e-96f2-e456e91e1cd8', NULL, 7857797871580012920, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 17, 1099511627793, 'join', '01a21498-8246-7038-9268-985da72fc22d', 0, '1204171', 'Gianluca Dell''Acqua', NULL, 'invited', '[]', '{"email":"gianluca.dellacqua@acme.example","first_name":"Gianluca","last_name":"Dell''Acqua","department":"Logistik","seen.status":"active"}', 'gianluca.dellacqua@acme.example', NULL, '	dellacqua	gianluca	gianlucadellacquaacmeexample	1204171', NULL, 'account', '01a21498-8246-7f2f-8c70-bb1093fe14ae', NULL, -2760517050495922208, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 18, 1099511627794, 'join', '01a21498-8246-713e-8900-45ca82867fb1', 0, '1204173', 'Jörg Böhm', NULL, 'invited', '[]', '{"email":"joerg.boehm@acme.example","first_name":"Jörg","last_name":"Böhm","department":"Product & Design","seen.status":"active"}', 'joerg.boehm@acme.example', NULL, '	bohm	jorg	joergboehmacmeexample	1204173', NULL, 'account', '01a21498-8246-7a55-b5e2-2f22990e7b98', NULL, -4739142669713864546, false, false, false);
INSERT INTO public.changes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', 1, 19, 1099511627795, 'join', '01a21498-8246-75b5-9254-82cc4d0a2d62', 0, '1204176', 'Hassan Haddad', NULL, 'invited', '[]', '{"email":"hassan.haddad@acme.example","first_name":"Hassan","last_name":"Haddad","department":"Sales","seen.status":"active"}', 'hassan.haddad@acme.example', NULL, '	haddad	hassan	hassanhaddadacmeexample	1204176', NULL, 'account', '01a21498-8246-737f-8044-5228cf10cd56', NULL, 566291053426568056, false, false, false);
INSERT INTO public.close_downs VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7196-ab76-bd37d39339ed', 77, 77, '01900000-0000-7000-8000-00000000004d', 77, 'planted', 77, 'planted', 'planted', 'planted', 77, 77);
INSERT INTO public.closing VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', NULL, 77);
INSERT INTO public.decisions VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-81ba-78b6-8b27-e49853a3b743', 'planted', '01a21498-8245-7196-ab76-bd37d39339ed', 'same', 77, 77);
INSERT INTO public.event_deliveries VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01900000-0000-7000-8000-00000000004d', '01a21498-8245-7196-ab76-bd37d39339ed', 77, 'planted', 77, 'planted', 77, 77, 77, 77, 'planted');
INSERT INTO public.exclusions VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01900000-0000-7000-8000-00000000004d', '01a21498-81ba-78b6-8b27-e49853a3b743', 'planted', '01a21498-8245-7196-ab76-bd37d39339ed', 'planted', 'planted', 77);
INSERT INTO public.idempotency VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01900000-0000-7000-8000-00000000004d', 'planted', 'planted', '01900000-0000-7000-8000-00000000004d', 77);
INSERT INTO public.imports VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8223-75c9-9d48-8b2b016681d7', '01a21498-81ba-78b6-8b27-e49853a3b743', 'apply', 'command', NULL, false, 'completed', 1795641868933763, 1, 20, 20, 1099511627795, '{"read":25,"join":20,"update":0,"leave":0,"rejoin":0,"reject":0,"unchanged":0,"not_eligible":4,"starts_later":1,"errors":0,"warnings":0}', 0, '', '', '{"facts":{"counts":{"read":25,"join":20,"update":0,"leave":0,"rejoin":0,"reject":0,"unchanged":0,"not_eligible":4,"starts_later":1,"errors":0,"warnings":0},"members":0,"week_leavers":0,"last_read":null,"identity_changes":0,"leavers_agreed":false},"shared":{"leavers":0,"reasons":[],"changes":[]}}', -3129852992038518514, NULL, NULL, NULL, NULL, NULL, NULL, 1795641868835288, NULL, 1795641868933753, 92);
INSERT INTO public.integrations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-81ba-78b6-8b27-e49853a3b743', 'personio', 'hr@acme.example', 'http://127.0.0.1:34537/v1', 'papi-sandbox', '\x01018630bebff874519cdbcbe53269a795a00b53e98e55b3f7c898248f84cd72815b4d06104f2982b68fb5f699398b61c6195b3d5676b9b3f5e7884839e60a9fc2652ea7', 0, '{"frequency":"daily","hour":6,"minute":0,"weekday":"monday","day":1}', '[]', '{"employee_id":"id","status":"status","mapping":{"email":{"key":"email","kind":"text"},"first_name":{"key":"first_name","kind":"text"},"last_name":{"key":"last_name","kind":"text"},"department":{"key":"department","kind":"text"}},"segment":[],"early_days":null,"absent":"leave","welcome_email":true,"no_mailbox_domains":[],"guard":{"leavers_percent":10,"leavers_count":5,"week_leavers_percent":20,"week_leavers_count":10,"short_read_percent":50,"short_read_count":20,"identity_percent":5,"identity_count":5,"joiners_percent":50,"joiners_count":20}}', 4258895566450048546, NULL, NULL, 'live', 1795641868730358, 1795641868730358, 1795641868730358);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7df1-94ea-f4552acaf43d', '01a21498-8245-7196-ab76-bd37d39339ed', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-768f-a70a-e82ab90047e5', '01a21498-8245-7344-8d4a-349efb453610', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7a8d-bec1-b5f0535312d4', '01a21498-8245-73bc-b440-4a48ad327ac7', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-735f-8dcd-b2c52a1dafac', '01a21498-8245-7463-860e-7fc0617b1ced', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7471-9d15-326f58c28ed5', '01a21498-8245-76d9-95bd-9d4ea83eb7f0', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7eef-835d-b14e386098e6', '01a21498-8245-77ef-aa59-a209df0c0b2d', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7e56-87a6-a232df065a2b', '01a21498-8245-787a-99ef-6d75c1ca9020', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7865-8d16-26709470cbdf', '01a21498-8245-788f-ac5a-21f7f0d7f7f5', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7ed3-ae30-67d66e4cfb5b', '01a21498-8245-78e5-8fea-bca9b8a91c4b', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-70a3-8187-f9ee50688411', '01a21498-8245-795c-a37c-ced5b18950f1', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7ef4-8098-8656022c5a81', '01a21498-8245-7962-a25a-791936808ac5', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-753b-bc87-006d820aa646', '01a21498-8245-796d-a4ab-8d227afa0597', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-776a-9d2f-63ad24ffab26', '01a21498-8245-79c6-a807-c3e5bb28c102', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7daa-b26a-1304e3cf1a1d', '01a21498-8245-7a7e-a576-685b4234a305', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7b4e-83dc-e99aa774025d', '01a21498-8245-7b0e-a8b4-89b04ce84e7a', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-719e-96f2-e456e91e1cd8', '01a21498-8245-7c0f-ad48-5d032e0f35bf', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7f88-8d82-26fe6268f5da', '01a21498-8245-7f76-9e13-342b15441a6c', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8246-7f2f-8c70-bb1093fe14ae', '01a21498-8246-7038-9268-985da72fc22d', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8246-7a55-b5e2-2f22990e7b98', '01a21498-8246-713e-8900-45ca82867fb1', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.invitations VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8246-737f-8044-5228cf10cd56', '01a21498-8246-75b5-9254-82cc4d0a2d62', 1, 'account', NULL, 1795641868902009, 1796851468902009, NULL, 1795901068902009, 0, false, 1795641868902009);
INSERT INTO public.links VALUES ('planted', 'planted', '01900000-0000-7000-8000-00000000004d', '01a21498-81a9-77a6-bcb3-ed47e3059009', 77, 77, 77);
INSERT INTO public.mail_templates VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', 'planted', 'planted', 'planted', 'planted', 77);
INSERT INTO public.member_credentials VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7196-ab76-bd37d39339ed', 'planted', '\x00ff9f', 77, 77, 77);
INSERT INTO public.member_links VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', 'planted', '01a21498-8245-7196-ab76-bd37d39339ed', 77, 77, 77);
INSERT INTO public.member_recovery_codes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7196-ab76-bd37d39339ed', 'planted');
INSERT INTO public.member_sessions VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', 'planted', '01a21498-8245-7196-ab76-bd37d39339ed', 77, 77, true, 'planted', 'planted');
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7196-ab76-bd37d39339ed', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204156', 'bozena.krizova@acme.example', NULL, '	krizova	bozena	bozenakrizovaacmeexample	1204156', '{"email":"bozena.krizova@acme.example","first_name":"Božena","last_name":"Křížová","department":"Logistik","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, -844684910447839496, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7344-8d4a-349efb453610', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204120', 'oceane.le-goff-dupre@acme.example', NULL, '	legoffdupre	oceane	oceanelegoffdupreacmeexample	1204120', '{"email":"oceane.le-goff-dupre@acme.example","first_name":"Océane","last_name":"Le Goff-Dupré","department":"Geschäftsführung","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, -2590099500455713265, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-73bc-b440-4a48ad327ac7', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204130', 'stefan.meyer@acme.example', NULL, '	meyer	stefan	stefanmeyeracmeexample	1204130', '{"email":"stefan.meyer@acme.example","first_name":"Stefan","last_name":"Meyer","department":"Finance","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, -3412337727479041554, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7463-860e-7fc0617b1ced', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204160', 'petra.schmidt@acme.example', NULL, '	schmidt	petra	petraschmidtacmeexample	1204160', '{"email":"petra.schmidt@acme.example","first_name":"Petra","last_name":"Schmidt","department":"Engineering","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, 8318132345756812940, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-76d9-95bd-9d4ea83eb7f0', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204150', 'torsten.jaeger@acme.example', NULL, '	jager	torsten	torstenjaegeracmeexample	1204150', '{"email":"torsten.jaeger@acme.example","first_name":"Torsten","last_name":"Jäger","department":"Engineering","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, -3416682592246178182, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-77ef-aa59-a209df0c0b2d', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204148', 'bjoern.schneider@acme.example', NULL, '	schneider	bjorn	bjoernschneideracmeexample	1204148', '{"email":"bjoern.schneider@acme.example","first_name":"Björn","last_name":"Schneider","department":"Product & Design","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, 1038529927355798405, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-787a-99ef-6d75c1ca9020', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204159', 'min-jun.ouyang@acme.example', NULL, '	ouyang	minjun	minjunouyangacmeexample	1204159', '{"email":"min-jun.ouyang@acme.example","first_name":"Min-jun","last_name":"Ouyang","department":"Sales","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, -3487140232199026130, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-788f-ac5a-21f7f0d7f7f5', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204163', 'tomas.dvorak@acme.example', NULL, '	dvorak	tomas	tomasdvorakacmeexample	1204163', '{"email":"tomas.dvorak@acme.example","first_name":"Tomáš","last_name":"Dvořák","department":"Engineering","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, -4629541468096663581, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-78e5-8fea-bca9b8a91c4b', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204125', 'oezlem.oezguer@acme.example', NULL, '	ozgur	ozlem	oezlemoezgueracmeexample	1204125', '{"email":"oezlem.oezguer@acme.example","first_name":"Özlem","last_name":"Özgür","department":"Kundenservice","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, 6320852201230398121, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-795c-a37c-ced5b18950f1', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204126', 'goncalo.dos-santos-brandao@acme.example', NULL, '	dossantosbrandao	goncalo	goncalodossantosbrandaoacmeexample	1204126', '{"email":"goncalo.dos-santos-brandao@acme.example","first_name":"Gonçalo","last_name":"dos Santos Brandão","department":"Product & Design","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, -4118593924629342321, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7962-a25a-791936808ac5', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204134', 'loic.lhopital@acme.example', NULL, '	lhopital	loic	loiclhopitalacmeexample	1204134', '{"email":"loic.lhopital@acme.example","first_name":"Loïc","last_name":"L’Hôpital","department":"Engineering","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, 2686896890824247069, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-796d-a4ab-8d227afa0597', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204135', 'sjoerd.van-den-berg@acme.example', NULL, '	vandenberg	sjoerd	sjoerdvandenbergacmeexample	1204135', '{"email":"sjoerd.van-den-berg@acme.example","first_name":"Sjoerd","last_name":"van den Berg","department":"Finance","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, 1413358656424333939, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-79c6-a807-c3e5bb28c102', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204144', 'maximilian.neumann@acme.example', NULL, '	neumann	maximilian	maximilianneumannacmeexample	1204144', '{"email":"maximilian.neumann@acme.example","first_name":"Maximilian","last_name":"Neumann","department":"Engineering","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, -7069946476429254073, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7a7e-a576-685b4234a305', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204122', 'loic.hebert-saint-etienne@acme.example', NULL, '	hebertsaintetienne	loic	loichebertsaintetienneacmeexample	1204122', '{"email":"loic.hebert-saint-etienne@acme.example","first_name":"Loïc","last_name":"Hébert-Saint-Étienne","department":"Kundenservice","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, -7945725295275550670, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7b0e-a8b4-89b04ce84e7a', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204128', 'rahul.khan@acme.example', NULL, '	khan	rahul	rahulkhanacmeexample	1204128', '{"email":"rahul.khan@acme.example","first_name":"Rahul","last_name":"Khan","department":"Engineering","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, 8480020424947810239, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7c0f-ad48-5d032e0f35bf', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204169', 'angel.pena-fernandez@acme.example', NULL, '	penafernandez	angel	angelpenafernandezacmeexample	1204169', '{"email":"angel.pena-fernandez@acme.example","first_name":"Ángel","last_name":"Peña Fernández","department":"Engineering","seen.status":"leave"}', 'invited', NULL, NULL, NULL, NULL, NULL, 7857797871580012920, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7f76-9e13-342b15441a6c', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204152', 'lea.geroux@acme.example', NULL, '	geroux	lea	leagerouxacmeexample	1204152', '{"email":"lea.geroux@acme.example","first_name":"Léa","last_name":"Géroux","department":"Logistik","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, 5344795051953827004, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8246-7038-9268-985da72fc22d', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204171', 'gianluca.dellacqua@acme.example', NULL, '	dellacqua	gianluca	gianlucadellacquaacmeexample	1204171', '{"email":"gianluca.dellacqua@acme.example","first_name":"Gianluca","last_name":"Dell''Acqua","department":"Logistik","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, -2760517050495922208, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8246-713e-8900-45ca82867fb1', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204173', 'joerg.boehm@acme.example', NULL, '	bohm	jorg	joergboehmacmeexample	1204173', '{"email":"joerg.boehm@acme.example","first_name":"Jörg","last_name":"Böhm","department":"Product & Design","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, -4739142669713864546, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.members VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8246-75b5-9254-82cc4d0a2d62', 1, '01a21498-81ba-78b6-8b27-e49853a3b743', '1204176', 'hassan.haddad@acme.example', NULL, '	haddad	hassan	hassanhaddadacmeexample	1204176', '{"email":"hassan.haddad@acme.example","first_name":"Hassan","last_name":"Haddad","department":"Sales","seen.status":"active"}', 'invited', NULL, NULL, NULL, NULL, NULL, 566291053426568056, NULL, NULL, NULL, NULL, NULL, 1795641868902009, 1795641868902009);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7df1-94ea-f4552acaf43d', 'welcome', '01a21498-8245-7196-ab76-bd37d39339ed', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-768f-a70a-e82ab90047e5', 'welcome', '01a21498-8245-7344-8d4a-349efb453610', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7a8d-bec1-b5f0535312d4', 'welcome', '01a21498-8245-73bc-b440-4a48ad327ac7', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-735f-8dcd-b2c52a1dafac', 'welcome', '01a21498-8245-7463-860e-7fc0617b1ced', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7471-9d15-326f58c28ed5', 'welcome', '01a21498-8245-76d9-95bd-9d4ea83eb7f0', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7eef-835d-b14e386098e6', 'welcome', '01a21498-8245-77ef-aa59-a209df0c0b2d', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7e56-87a6-a232df065a2b', 'welcome', '01a21498-8245-787a-99ef-6d75c1ca9020', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7865-8d16-26709470cbdf', 'welcome', '01a21498-8245-788f-ac5a-21f7f0d7f7f5', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7ed3-ae30-67d66e4cfb5b', 'welcome', '01a21498-8245-78e5-8fea-bca9b8a91c4b', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-70a3-8187-f9ee50688411', 'welcome', '01a21498-8245-795c-a37c-ced5b18950f1', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7ef4-8098-8656022c5a81', 'welcome', '01a21498-8245-7962-a25a-791936808ac5', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-753b-bc87-006d820aa646', 'welcome', '01a21498-8245-796d-a4ab-8d227afa0597', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-776a-9d2f-63ad24ffab26', 'welcome', '01a21498-8245-79c6-a807-c3e5bb28c102', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7daa-b26a-1304e3cf1a1d', 'welcome', '01a21498-8245-7a7e-a576-685b4234a305', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7b4e-83dc-e99aa774025d', 'welcome', '01a21498-8245-7b0e-a8b4-89b04ce84e7a', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-719e-96f2-e456e91e1cd8', 'welcome', '01a21498-8245-7c0f-ad48-5d032e0f35bf', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7f88-8d82-26fe6268f5da', 'welcome', '01a21498-8245-7f76-9e13-342b15441a6c', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8246-7f2f-8c70-bb1093fe14ae', 'welcome', '01a21498-8246-7038-9268-985da72fc22d', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8246-7a55-b5e2-2f22990e7b98', 'welcome', '01a21498-8246-713e-8900-45ca82867fb1', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8246-737f-8044-5228cf10cd56', 'welcome', '01a21498-8246-75b5-9254-82cc4d0a2d62', '01a21498-8223-75c9-9d48-8b2b016681d7', 'account', NULL, 'pending', 1795641868902009, 1795641868902009, NULL, NULL, 0, NULL);
INSERT INTO public.outbox VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8285-707e-89dd-52db263f4462', 'import-summary', NULL, '01a21498-8223-75c9-9d48-8b2b016681d7', 'administrator', 'hr@acme.example', 'pending', 1795641868933759, 1795641868933759, NULL, NULL, 0, NULL);
INSERT INTO public.problems VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01900000-0000-7000-8000-00000000004d', 77, 77, 77, '01a21498-8245-7196-ab76-bd37d39339ed', 'planted', 'planted', 'planted', 'planted', 'planted', 'planted', 'planted');
INSERT INTO public.programme_administrators VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01900000-0000-7000-8000-00000000004d', 'planted', 'planted', 77, 77);
INSERT INTO public.programmes VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', 'acme', 'Acme Rewards', 'Europe/Berlin', '{}', 1795641868713605);
INSERT INTO public.recovery_codes VALUES ('01900000-0000-7000-8000-00000000004d', 'planted');
INSERT INTO public.refusals VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7196-ab76-bd37d39339ed', 'planted', 'planted', 77);
INSERT INTO public.seaql_migrations VALUES ('m0001_foundation', 1795641868);
INSERT INTO public.seaql_migrations VALUES ('m0002_audit', 1795641868);
INSERT INTO public.seaql_migrations VALUES ('m0003_administrators', 1795641868);
INSERT INTO public.seaql_migrations VALUES ('m0004_delivery', 1795641868);
INSERT INTO public.seaql_migrations VALUES ('m0005_templates', 1795641868);
INSERT INTO public.seaql_migrations VALUES ('m0006_member_site', 1795641868);
INSERT INTO public.seaql_migrations VALUES ('m0007_closing', 1795641868);
INSERT INTO public.seaql_migrations VALUES ('m0008_membership', 1795641868);
INSERT INTO public.seaql_migrations VALUES ('m0009_events', 1795641868);
INSERT INTO public.sessions VALUES ('planted', '01900000-0000-7000-8000-00000000004d', 77, 77, true, 'planted', 'planted');
INSERT INTO public.subscriptions VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01900000-0000-7000-8000-00000000004d', 'planted', 'planted', '\x00ff9f', '\x00ff9f', 77, 'planted', 'planted', 77);
INSERT INTO public.traces VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01a21498-8245-7196-ab76-bd37d39339ed', 'planted', 'planted', 'planted', 77, 77, 77, true);
INSERT INTO public.upload_rows VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01900000-0000-7000-8000-00000000004d', 77, 'planted', 'planted', '01a21498-8245-7196-ab76-bd37d39339ed', 77, 'planted', 'planted', 'planted', 'planted');
INSERT INTO public.uploads VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', '01900000-0000-7000-8000-00000000004d', true, 'planted', 77, 77);
INSERT INTO public.work VALUES ('01a21498-81a9-77a6-bcb3-ed47e3059009', 'planted', '01900000-0000-7000-8000-00000000004d', 77);
ALTER TABLE ONLY public.administrators
    ADD CONSTRAINT administrators_email_key_key UNIQUE (email_key);
ALTER TABLE ONLY public.administrators
    ADD CONSTRAINT administrators_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (programme_id, id);
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT attempts_pkey PRIMARY KEY (key_hash);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (programme_id, id);
ALTER TABLE ONLY public.changes
    ADD CONSTRAINT changes_pkey PRIMARY KEY (programme_id, import_id, try_number, row_number);
ALTER TABLE ONLY public.close_downs
    ADD CONSTRAINT close_downs_pkey PRIMARY KEY (programme_id, member_id);
ALTER TABLE ONLY public.closing
    ADD CONSTRAINT closing_pkey PRIMARY KEY (programme_id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_pkey PRIMARY KEY (programme_id, integration_id, employee_id, member_id);
ALTER TABLE ONLY public.event_deliveries
    ADD CONSTRAINT event_deliveries_pkey PRIMARY KEY (programme_id, subscription_id, member_id, version, kind);
ALTER TABLE ONLY public.exclusions
    ADD CONSTRAINT exclusions_pkey PRIMARY KEY (programme_id, id);
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (programme_id, token_id, key);
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (programme_id, id);
ALTER TABLE ONLY public.integrations
    ADD CONSTRAINT integrations_pkey PRIMARY KEY (programme_id, id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (programme_id, id);
ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.mail_templates
    ADD CONSTRAINT mail_templates_pkey PRIMARY KEY (programme_id, kind, language);
ALTER TABLE ONLY public.member_credentials
    ADD CONSTRAINT member_credentials_pkey PRIMARY KEY (programme_id, member_id);
ALTER TABLE ONLY public.member_links
    ADD CONSTRAINT member_links_pkey PRIMARY KEY (programme_id, token_hash);
ALTER TABLE ONLY public.member_recovery_codes
    ADD CONSTRAINT member_recovery_codes_pkey PRIMARY KEY (programme_id, member_id, hash);
ALTER TABLE ONLY public.member_sessions
    ADD CONSTRAINT member_sessions_pkey PRIMARY KEY (programme_id, token_hash);
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (programme_id, id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (programme_id, id);
ALTER TABLE ONLY public.problems
    ADD CONSTRAINT problems_pkey PRIMARY KEY (programme_id, import_id, try_number, number);
ALTER TABLE ONLY public.programme_administrators
    ADD CONSTRAINT programme_administrators_pkey PRIMARY KEY (programme_id, administrator_id);
ALTER TABLE ONLY public.programmes
    ADD CONSTRAINT programmes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.programmes
    ADD CONSTRAINT programmes_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (administrator_id, hash);
ALTER TABLE ONLY public.refusals
    ADD CONSTRAINT refusals_pkey PRIMARY KEY (programme_id, member_id);
ALTER TABLE ONLY public.seaql_migrations
    ADD CONSTRAINT seaql_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (programme_id, id);
ALTER TABLE ONLY public.traces
    ADD CONSTRAINT traces_pkey PRIMARY KEY (programme_id, member_id);
ALTER TABLE ONLY public.upload_rows
    ADD CONSTRAINT upload_rows_pkey PRIMARY KEY (programme_id, upload_id, line);
ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_pkey PRIMARY KEY (programme_id, id);
ALTER TABLE ONLY public.work
    ADD CONSTRAINT work_pkey PRIMARY KEY (programme_id, kind);
CREATE INDEX audit_by_actor ON public.audit USING btree (programme_id, actor, id);
CREATE INDEX audit_by_subject ON public.audit USING btree (programme_id, subject, id);
CREATE INDEX changes_by_member ON public.changes USING btree (programme_id, member_id, import_id);
CREATE INDEX changes_by_name ON public.changes USING btree (programme_id, import_id, try_number, kind, search_key, row_number);
CREATE INDEX changes_by_position ON public.changes USING btree (programme_id, import_id, try_number, "position");
CREATE INDEX changes_by_stranger ON public.changes USING btree (programme_id, employee_id) WHERE (member_id IS NULL);
CREATE INDEX event_deliveries_by_time ON public.event_deliveries USING btree (programme_id, subscription_id, at, member_id, kind);
CREATE INDEX event_deliveries_due ON public.event_deliveries USING btree (programme_id, subscription_id, state, due_at);
CREATE INDEX event_deliveries_of_member ON public.event_deliveries USING btree (programme_id, subscription_id, member_id, at);
CREATE UNIQUE INDEX exclusions_by_employee_id ON public.exclusions USING btree (programme_id, integration_id, employee_id);
CREATE UNIQUE INDEX exclusions_by_member ON public.exclusions USING btree (programme_id, member_id);
CREATE INDEX imports_by_integration ON public.imports USING btree (programme_id, integration_id, id);
CREATE INDEX imports_by_state ON public.imports USING btree (programme_id, integration_id, state, id);
CREATE UNIQUE INDEX integrations_by_source ON public.integrations USING btree (programme_id, source);
CREATE INDEX invitations_by_code ON public.invitations USING btree (programme_id, code_hash);
CREATE INDEX invitations_by_letter ON public.invitations USING btree (programme_id, member_id) WHERE ((route = 'letter'::text) AND (used_at IS NULL));
CREATE UNIQUE INDEX invitations_by_member ON public.invitations USING btree (programme_id, member_id);
CREATE INDEX invitations_open ON public.invitations USING btree (programme_id, reminder_at) WHERE (reminder_at IS NOT NULL);
CREATE INDEX links_by_administrator ON public.links USING btree (administrator_id);
CREATE INDEX member_links_by_member ON public.member_links USING btree (programme_id, member_id);
CREATE INDEX member_sessions_by_member ON public.member_sessions USING btree (programme_id, member_id);
CREATE UNIQUE INDEX members_by_email ON public.members USING btree (programme_id, email_key);
CREATE UNIQUE INDEX members_by_employee_id ON public.members USING btree (programme_id, integration_id, employee_id);
CREATE INDEX members_by_left_import ON public.members USING btree (programme_id, left_import_id) WHERE (left_import_id IS NOT NULL);
CREATE INDEX members_by_lock ON public.members USING btree (programme_id, locked_until);
CREATE INDEX members_by_search ON public.members USING btree (programme_id, search_key, id, state, integration_id);
CREATE INDEX members_by_state ON public.members USING btree (programme_id, integration_id, state);
CREATE INDEX members_by_twin ON public.members USING btree (programme_id, twin_key);
CREATE INDEX members_leaving ON public.members USING btree (programme_id, id) WHERE (state = 'leaver'::text);
CREATE INDEX members_not_invited ON public.members USING btree (programme_id, id) WHERE (state = 'not-invited'::text);
CREATE INDEX outbox_by_kind ON public.outbox USING btree (programme_id, kind, id);
CREATE INDEX outbox_by_member ON public.outbox USING btree (programme_id, member_id);
CREATE INDEX outbox_by_state ON public.outbox USING btree (programme_id, state, id);
CREATE INDEX outbox_due ON public.outbox USING btree (programme_id, state, due_at);
CREATE UNIQUE INDEX outbox_once ON public.outbox USING btree (programme_id, kind, member_id, import_id);
CREATE INDEX problems_by_code ON public.problems USING btree (programme_id, import_id, try_number, severity, code, number);
CREATE INDEX problems_by_member ON public.problems USING btree (programme_id, member_id) WHERE (member_id IS NOT NULL);
CREATE INDEX problems_by_other ON public.problems USING btree (programme_id, other) WHERE (other IS NOT NULL);
CREATE INDEX problems_by_person ON public.problems USING btree (programme_id, employee_id);
CREATE INDEX programmes_by_administrator ON public.programme_administrators USING btree (administrator_id);
CREATE INDEX sessions_by_administrator ON public.sessions USING btree (administrator_id);
CREATE INDEX traces_by_email ON public.traces USING btree (programme_id, email_hash);
CREATE INDEX traces_by_id ON public.traces USING btree (programme_id, id_hash);
CREATE INDEX upload_rows_by_kind ON public.upload_rows USING btree (programme_id, upload_id, kind, line);
CREATE TRIGGER members_changed AFTER UPDATE ON public.members FOR EACH ROW WHEN (((new.version > old.version) OR (new.state <> old.state))) EXECUTE FUNCTION public.member_changed();
CREATE TRIGGER members_joined AFTER INSERT ON public.members FOR EACH ROW EXECUTE FUNCTION public.member_joined();
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.changes
    ADD CONSTRAINT changes_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.close_downs
    ADD CONSTRAINT close_downs_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.close_downs
    ADD CONSTRAINT close_downs_programme_id_member_id_fkey FOREIGN KEY (programme_id, member_id) REFERENCES public.members(programme_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.closing
    ADD CONSTRAINT closing_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.event_deliveries
    ADD CONSTRAINT event_deliveries_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.event_deliveries
    ADD CONSTRAINT event_deliveries_programme_id_subscription_id_fkey FOREIGN KEY (programme_id, subscription_id) REFERENCES public.subscriptions(programme_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.exclusions
    ADD CONSTRAINT exclusions_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_programme_id_integration_id_fkey FOREIGN KEY (programme_id, integration_id) REFERENCES public.integrations(programme_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.integrations
    ADD CONSTRAINT integrations_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_administrator_id_fkey FOREIGN KEY (administrator_id) REFERENCES public.administrators(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.mail_templates
    ADD CONSTRAINT mail_templates_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.member_credentials
    ADD CONSTRAINT member_credentials_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.member_links
    ADD CONSTRAINT member_links_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.member_recovery_codes
    ADD CONSTRAINT member_recovery_codes_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.member_sessions
    ADD CONSTRAINT member_sessions_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.problems
    ADD CONSTRAINT problems_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.programme_administrators
    ADD CONSTRAINT programme_administrators_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_administrator_id_fkey FOREIGN KEY (administrator_id) REFERENCES public.administrators(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.refusals
    ADD CONSTRAINT refusals_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.refusals
    ADD CONSTRAINT refusals_programme_id_member_id_fkey FOREIGN KEY (programme_id, member_id) REFERENCES public.members(programme_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_administrator_id_fkey FOREIGN KEY (administrator_id) REFERENCES public.administrators(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.traces
    ADD CONSTRAINT traces_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.upload_rows
    ADD CONSTRAINT upload_rows_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.uploads
    ADD CONSTRAINT uploads_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.work
    ADD CONSTRAINT work_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES public.programmes(id) ON DELETE CASCADE;
