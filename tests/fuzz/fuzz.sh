# SPDX-License-Identifier: BSD-2-Clause
# fuzz.sh TARGET DIRECTORY/PATTERN...: libFuzzer with these seeds and what earlier runs found; or the
# seeds alone.
set -eu
target=$1
shift
corpus=$FUZZ_CORPUS/$(basename "$target")
rm -rf "$corpus.seeds"
mkdir -p "$corpus" "$corpus.seeds"
for seeds; do
	find "$(dirname "$seeds")" -maxdepth 1 -type f -name "$(basename "$seeds")" -exec cp {} "$corpus.seeds/" \;
done
if [ "$FUZZ" != 1 ]; then
	exec find "$corpus.seeds" -type f -exec "$target" {} +
fi
exec "$target" -max_total_time="$FUZZ_SECONDS" -timeout=20 -malloc_limit_mb=1024 -rss_limit_mb=3072 \
	-print_final_stats=1 -artifact_prefix="$corpus." "$corpus" "$corpus.seeds"
