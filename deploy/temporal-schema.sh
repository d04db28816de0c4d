#!/bin/sh
# Temporal's own tables, made or brought to the version of this image. A repeat changes nothing.
# The password is in SQL_PASSWORD, which temporal-sql-tool reads itself.
set -eu

for database in temporal temporal_visibility; do
    tables=/etc/temporal/schema/postgresql/v12/${database#temporal_}/versioned
    set -- --plugin postgres12 --ep postgres -p 5432 -u temporal --db "$database"
    temporal-sql-tool "$@" setup-schema -v 0.0
    temporal-sql-tool "$@" update-schema -d "$tables"
done
