# Build the wheel and its environment with the network, run without it, as a fixed user, on a read-only root.
FROM python:3.13.1-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md ./
COPY service service
COPY patterns patterns
COPY annotations annotations
RUN python -m venv /opt/fiscal-facts \
    && /opt/fiscal-facts/bin/pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.13.1-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/fiscal-facts/bin:$PATH
RUN groupadd --gid 10001 fiscal && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin fiscal
COPY --from=build /opt/fiscal-facts /opt/fiscal-facts
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
CMD ["fiscal-facts", "serve", "--host", "0.0.0.0", "--port", "8000"]
