"""A mail server for tests. How it behaves depends on whom a mail is for; it ends with its input.

Arguments: folder for what it takes on, `none`, `starttls` or `tls`, certificate, key, `user:password` or nothing.
It prints its port.
"""

import asyncio
import os
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult

folder, encryption, certificate, key, credentials = sys.argv[1:6]


class Handler:
    def __init__(self):
        self.seen = {}
        self.taken = 0

    def is_first(self, address):
        self.seen[address] = self.seen.get(address, 0) + 1
        return self.seen[address] == 1

    def keep(self, envelope):
        self.taken += 1
        name = f"{self.taken:06}.eml"
        with open(os.path.join(folder, "." + name), "wb") as file:
            file.write(envelope.content)
        os.rename(os.path.join(folder, "." + name), os.path.join(folder, name))

    async def cut(self, server):
        server.transport.abort()
        await asyncio.sleep(3600)

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.7.1 you may not send as this"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        kind = address.split("@")[0].split("+")[0]
        if kind == "refused":
            return f"550 5.1.1 <{address}>: there is no such mailbox"
        if kind == "relay":
            return "554 5.7.1 relay access denied"
        if kind == "grey" and self.is_first(address):
            return "451 4.7.1 greylisted, come back later"
        if kind == "hang" and self.is_first(address):
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        kind = address.split("@")[0].split("+")[0]
        if kind == "spam":
            return "554 5.6.0 this looks like spam"
        if kind == "cut-before" and self.is_first(address):
            await self.cut(server)
        self.keep(envelope)
        if kind == "cut-after" and self.is_first(address):
            await self.cut(server)
        return "250 taken on"


def authenticate(server, session, envelope, mechanism, data):
    given = f"{data.login.decode()}:{data.password.decode()}"
    return AuthResult(success=given == credentials, handled=False)


async def main():
    context = None
    if encryption != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
    options = {"hostname": "mail.test", "loop": asyncio.get_running_loop()}
    if credentials:
        options.update(authenticator=authenticate, auth_required=True, auth_require_tls=encryption == "starttls")
    if encryption == "starttls":
        options.update(tls_context=context, require_starttls=True)
    handler = Handler()
    at_once = context if encryption == "tls" else None
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, **options), "127.0.0.1", 0, ssl=at_once
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def until_over():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=until_over, daemon=True).start()
asyncio.run(main())
