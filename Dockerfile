# syntax=docker/dockerfile:1
# One image for API, worker, migration job and mail catcher; temporal-compose.yml says which is which.
# What may get in: .dockerignore. How it is run: docs/operations.md.

FROM python:3.11.14-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
# The same uv as tools/setup.
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /srv/niss
# What changes seldom first: the packages of uv.lock are a layer of their own.
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-install-project
COPY . .
RUN uv sync --locked --no-dev && .venv/bin/python -m compileall -q -x '[.]venv' .

FROM python:3.11.14-slim-bookworm
# A number, so that a cluster can see that it is not root; only its data and its keys are its own.
RUN groupadd --system --gid 10001 niss \
    && useradd --system --uid 10001 --gid niss --home-dir /var/lib/niss --no-create-home --shell /usr/sbin/nologin niss \
    && install --directory --owner niss --group niss --mode 0700 /var/lib/niss /var/lib/niss-keys
COPY --from=build /srv/niss /srv/niss
ENV PATH=/srv/niss/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    NISS_MODE=production \
    NISS_HOME=/var/lib/niss \
    NISS_HOST=0.0.0.0 \
    NISS_PORT=8000
WORKDIR /srv/niss
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=3 CMD ["niss", "api", "--check"]
ENTRYPOINT ["niss"]
CMD ["api"]
