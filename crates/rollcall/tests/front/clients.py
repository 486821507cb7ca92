"""Reads everybody with three public clients of Personio's API, each written by somebody else."""

import sys

import personio_api_client
import personio_client_api
import personio_py

base_url, client_id, client_secret = sys.argv[1:]

py = personio_py.Personio(base_url=base_url + "/", client_id=client_id, client_secret=client_secret)
print("personio-py", *sorted(person.id_ for person in py.get_employees()))

with personio_api_client.PersonioClient(client_id, client_secret, base_url=base_url) as client:
    print("personio-api-client", *sorted(person.id for person in client.get_employees(active_only=False)))

people = personio_client_api.Personio(client_id, client_secret, url=base_url).get_people()
print("personio-client-api", *sorted(person["attributes"]["id"]["value"] for person in people))
