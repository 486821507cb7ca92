"""airbyte-cdk with a declarative manifest, to JSON lines.

    airbyte_jsonl.py BASE_URL DIRECTORY
"""

import json
import os
import sys
from pathlib import Path

from airbyte_cdk.entrypoint import launch
from airbyte_cdk.sources.declarative.concurrent_declarative_source import ConcurrentDeclarativeSource

from source import ATTRIBUTES, SIZE, token

base_url, place = sys.argv[1], Path(sys.argv[2])
asked = "&".join(f"attributes[]={key}" for key in ATTRIBUTES)
schema = {"type": "object", "additionalProperties": True, "properties": {"attributes": {"type": "object"}}}


def parameter(name):
    return {"type": "RequestOption", "inject_into": "request_parameter", "field_name": name}


manifest = {
    "version": "6.0.0",
    "type": "DeclarativeSource",
    "check": {"type": "CheckStream", "stream_names": ["employees"]},
    "spec": {"type": "Spec", "connection_specification": {"type": "object", "properties": {}}},
    "streams": [{
        "type": "DeclarativeStream",
        "name": "employees",
        "schema_loader": {"type": "InlineSchemaLoader", "schema": schema},
        "retriever": {
            "type": "SimpleRetriever",
            "record_selector": {
                "type": "RecordSelector",
                "extractor": {"type": "DpathExtractor", "field_path": ["data"]},
            },
            "requester": {
                "type": "HttpRequester",
                "url_base": base_url,
                "path": f"/company/employees?{asked}",
                "http_method": "GET",
                "authenticator": {"type": "BearerAuthenticator", "api_token": "{{ config['token'] }}"},
            },
            "paginator": {
                "type": "DefaultPaginator",
                "page_token_option": parameter("offset"),
                "page_size_option": parameter("limit"),
                "pagination_strategy": {"type": "OffsetIncrement", "page_size": SIZE},
            },
        },
    }],
}
catalog = {"streams": [{
    "stream": {"name": "employees", "json_schema": schema, "supported_sync_modes": ["full_refresh"]},
    "sync_mode": "full_refresh",
    "destination_sync_mode": "overwrite",
}]}

config = {"token": token(base_url)}
(place / "config.json").write_text(json.dumps(config))
(place / "catalog.json").write_text(json.dumps(catalog))
lines = place / "employees.jsonl"
arguments = ["read", "--config", str(place / "config.json"), "--catalog", str(place / "catalog.json")]
with lines.open("w") as out:
    # It prints past Python's own notion of standard output.
    printed = os.dup(1)
    os.dup2(out.fileno(), 1)
    launch(ConcurrentDeclarativeSource(config=config, source_config=manifest), arguments)
    sys.stdout.flush()
    os.dup2(printed, 1)
with lines.open() as read:
    print(sum('"type":"RECORD"' in line for line in read))
