"""What all peers read: the employees of a Personio, a hundred at a time."""

import json
import urllib.parse
import urllib.request

ATTRIBUTES = ["id", "status", "email", "first_name", "last_name", "department", "hire_date"]
SIZE = 100


def token(base_url):
    body = json.dumps({"client_id": "papi-sandbox", "client_secret": "papi-sandbox-secret"}).encode()
    request = urllib.request.Request(f"{base_url}/auth", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["data"]["token"]


def value(attributes, key):
    shared = attributes.get(key, {}).get("value")
    return shared["attributes"]["name"] if isinstance(shared, dict) else shared


def pages(base_url):
    """Lists of employees, each a plain dictionary."""
    headers = {"Authorization": f"Bearer {token(base_url)}"}
    offset, total = 0, 1
    while offset < total:
        asked = [("limit", SIZE), ("offset", offset)] + [("attributes[]", key) for key in ATTRIBUTES]
        url = f"{base_url}/company/employees?{urllib.parse.urlencode(asked)}"
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            page = json.load(answer)
        total = page["metadata"]["total_elements"]
        offset += SIZE
        yield [{key: value(person["attributes"], key) for key in ATTRIBUTES} for person in page["data"]]
