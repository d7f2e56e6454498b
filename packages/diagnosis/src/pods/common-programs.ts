/** Programs that container commands usually run; a command that is none and almost one of them is probably misspelt. */
export const commonPrograms: readonly string[] =
  'awk bash busybox bundle bun caddy cargo cat celery chmod cp curl date deno dotnet echo env envoy flask gcc git go gradle grep gunicorn haproxy helm httpd java julia kafka-topics kubectl ls make memcached mkdir mongod mongosh mv mvn mysql mysqld nc nginx node npm npx nslookup openssl perl pg_dump pg_isready php pip ping postgres psql python python3 rails rake redis-cli redis-server rm rsync ruby sed sh sleep sqlite3 ssh supervisord tail tar tini uvicorn wait-for-it.sh wget yarn zsh'.split(
    ' ',
  );
