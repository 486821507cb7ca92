"""The same with SQLAlchemy, into PostgreSQL.

    sqlalchemy_postgres.py BASE_URL DIRECTORY DATABASE_URL
"""

import sys

from sqlalchemy import BigInteger, Column, MetaData, Table, Text, create_engine, func, select
from sqlalchemy.dialects.postgresql import insert

from source import ATTRIBUTES, pages

base_url, database_url = sys.argv[1], sys.argv[3]
engine = create_engine(database_url.replace("postgres://", "postgresql+psycopg://", 1))
metadata = MetaData()
text = [Column(key, Text) for key in ATTRIBUTES if key != "id"]
employees = Table("employees", metadata, Column("id", BigInteger, primary_key=True), *text)
metadata.create_all(engine)

with engine.begin() as connection:
    for page in pages(base_url):
        statement = insert(employees)
        changes = {key: statement.excluded[key] for key in ATTRIBUTES if key != "id"}
        connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changes), page)
    print(connection.execute(select(func.count()).select_from(employees)).scalar_one())
