# SPDX-License-Identifier: BSD-2-Clause
# fuzz.sh TARGET SEEDS...: libFuzzer with these seeds and what earlier runs found; or the seeds alone. SEEDS is
# DIRECTORY/PATTERN, or DIRECTORY/FILE+FILE for one that is made of two.
set -eu
target=$1
shift
corpus=$FUZZ_CORPUS/$(basename "$target")
rm -rf "$corpus.seeds"
mkdir -p "$corpus" "$corpus.seeds"
for seeds; do
	directory=$(dirname "$seeds") name=$(basename "$seeds")
	case $name in
	*+*) cat "$directory/${name%+*}" "$directory/${name#*+}" >"$corpus.seeds/$name" ;;
	*) find "$directory" -maxdepth 1 -type f -name "$name" -exec cp {} "$corpus.seeds/" \; ;;
	esac
done
if [ "$FUZZ" != 1 ]; then
	exec find "$corpus.seeds" -type f -exec "$target" {} +
fi
exec "$target" -max_total_time="$FUZZ_SECONDS" -timeout=20 -malloc_limit_mb=1024 -rss_limit_mb=3072 \
	-print_final_stats=1 -artifact_prefix="$corpus." "$corpus" "$corpus.seeds"
