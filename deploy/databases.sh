#!/bin/sh
# Run once by PostgreSQL's image, in an empty volume: a role and databases for the desk, and for Temporal.
# Each role owns its own and nothing else; the superuser is for backups and upgrades alone.
set -eu

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set desk="$DESK_DB_PASSWORD" --set engine="$ENGINE_DB_PASSWORD" <<'SQL'
CREATE ROLE niss LOGIN PASSWORD :'desk';
CREATE ROLE temporal LOGIN PASSWORD :'engine';
CREATE DATABASE niss OWNER niss ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
REVOKE CONNECT ON DATABASE niss, temporal, temporal_visibility FROM PUBLIC;
SQL
