#!/bin/sh
# Tests ./einloom and ./mvnw from outside, in a copy of this checkout: .ci/launcher-test.sh
# Takes about a minute; needs nothing but what the build needs.
set -u

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/.mvn/find-jdk.sh"
find_jdk || exit 2
jdk=$JAVA_HOME
unset JAVA_HOME EINLOOM_JAVA_OPTS EINLOOM_JDK_SEARCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0

# check WHAT CONDITION...: counts; on failure shows what the last command said.
check() {
  what=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
    echo "ok    $what"
  else
    failed=$((failed + 1))
    echo "FAIL  $what (exit status $status)"
    sed 's/^/      out: /' "$work/out"
    sed 's/^/      err: /' "$work/err"
  fi
}
run() {
  status=0
  "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
}
is() { [ "$status" -eq "$1" ]; }
says() { grep -qF -e "$2" "$work/$1"; }
silent() { [ ! -s "$work/$1" ]; }
lines() { [ "$(wc -l <"$work/$1")" -eq "$2" ]; }
version() { is 0 && says out 'einloom 0.'; }
one_line() { is 2 && silent out && lines err 1 && says err 'no JDK 25'; }
not() { ! "$@"; }

# A copy without any build, in a folder whose name is not made for shells.
copy() {
  mkdir -p "$1"
  (cd "$root" && git ls-files -co --exclude-standard | tar -cf - -T -) | tar -xf - -C "$1"
}
home="$work/a \$check out"
copy "$home"

# A JDK too old, and a PATH that holds all but a JDK and flock.
old=$work/jdk-17
mkdir -p "$old/bin"
echo 'JAVA_VERSION="17.0.1"' >"$old/release"
printf '#!/bin/sh\necho "the old java was started" >&2\nexit 9\n' >"$old/bin/java"
cp "$old/bin/java" "$old/bin/javac"
chmod +x "$old/bin/java" "$old/bin/javac"
bin=$work/bin
mkdir "$bin"
for dir in /bin /usr/bin /usr/local/bin; do
  for tool in "$dir"/*; do
    case ${tool##*/} in
      java* | flock | jdk* | mvn*) ;;
      *) [ -e "$bin/${tool##*/}" ] || ln -s "$tool" "$bin/${tool##*/}" ;;
    esac
  done
done

echo "# finding a JDK"
run env PATH="$bin" JAVA_HOME="$old" EINLOOM_JDK_SEARCH="$work/no/*" "$home/einloom" --version
check 'einloom without a JDK 25 says in one line what to install' one_line
run env PATH="$bin" JAVA_HOME="$old" EINLOOM_JDK_SEARCH="$work/no/*" "$home/mvnw" -v
check 'mvnw without a JDK 25 says in one line what to install' one_line
run env PATH="$bin" JAVA_HOME="$old" EINLOOM_JDK_SEARCH="$old:$jdk" "$home/mvnw" -v
check 'mvnw passes over an old JAVA_HOME' eval 'is 0 && says out "Java version: " && ! says out "Java version: 17"'
run env PATH="$old/bin:$jdk/bin:$bin" EINLOOM_JDK_SEARCH='' "$home/mvnw" -v
check 'mvnw passes over an old java on the PATH and takes the next' says out "runtime: $jdk"
run env PATH="$bin" OS=Windows_NT "$home/einloom" --version
check 'Windows is refused with the way out' eval 'is 2 && says err WSL'

echo "# two first runs at once"
first() { # first PATH: runs two in $home from nothing
  rm -rf "$home/target"
  (env PATH="$1" EINLOOM_JDK_SEARCH="$jdk" "$home/einloom" --version >"$work/out1" 2>"$work/err1" </dev/null
    echo $? >"$work/status1") &
  run env PATH="$1" EINLOOM_JDK_SEARCH="$jdk" "$home/einloom" --version
  wait
}
both() {
  version && [ "$(cat "$work/status1")" -eq 0 ] && cmp -s "$work/out" "$work/out1" &&
    [ "$(cat "$work/err" "$work/err1" | grep -c 'the first time')" -eq 1 ]
}
if command -v flock >/dev/null; then
  first "$PATH"
  check 'with flock both work and one builds' both
fi
first "$bin"
check 'without flock both work and one builds' both
check 'no lock stays behind' not [ -L "$home/target/einloom/lock.link" ]

echo "# running"
mkdir "$work/else where"
ln -s "$home/einloom" "$work/else where/link"
ln -s link "$work/else where/e"
cd "$work/else where" || exit 1
run ./e --version
check 'runs from another folder through links, and says nothing else' eval 'version && silent err'
run ./e 'no such  *command'
check 'arguments arrive as they are' eval 'not is 0 && says err "no such  *command"'
run ./e validate 'a "b" $HOME'
check 'also behind others, with quotes and dollars' eval 'not is 0 && says err "a \"b\" \$HOME"'
run env EINLOOM_JAVA_OPTS='-XX:+UseParallelGC -Xmx200m' ./e --version
check 'EINLOOM_JAVA_OPTS reach the JVM, a start-up cache that does not fit goes unmentioned' eval 'version && silent err'
run env EINLOOM_JAVA_OPTS=-XX:NoSuchOption ./e --version
check 'EINLOOM_JAVA_OPTS that are wrong are told' eval 'not is 0 && says err NoSuchOption'
check 'the start-up cache is there' eval 'ls "$home"/target/einloom/app-*/einloom.aot >/dev/null'
: >"$home/target/einloom/$(cat "$home/target/einloom/current")/trained-on"
run ./e --version
check 'another JDK gets a start-up cache of its own' eval 'version && silent err && cmp -s "$jdk/release" "$home"/target/einloom/app-*/trained-on'
mv "$home" "$work/moved"
run "$work/moved/einloom" --version
check 'a checkout that moved still runs' eval 'version && silent err'
mv "$work/moved" "$home"

echo "# rebuilding"
main=$home/cli/src/main/java/org/einloom/cli/Main.java
cp -p "$main" "$work/Main.java"
sleep 1
echo 'oops' >>"$main"
run ./e --version
check 'a build that fails names the file and the log' eval 'is 1 && silent out && says err Main.java && says err build.log'
cp "$work/Main.java" "$main"
ln -s 999999999 "$home/target/einloom/lock.link"
run env PATH="$bin" EINLOOM_JDK_SEARCH="$jdk" ./e --version
check 'a lock left by a killed run is taken over; changed sources are built' eval 'version && says err "sources have changed"'
run ./e --version
check 'and built once' eval 'version && silent err'
if command -v setsid >/dev/null; then
  sleep 1
  touch "$main"
  setsid ./e --version >"$work/out" 2>"$work/err" </dev/null &
  killed=$!
  for _ in $(seq 60); do # until it builds, however fast or slow that is here
    ! says err 'sources have changed' || break
    sleep 1
  done
  sleep 2 # and is in the midst of it
  kill -9 "-$killed"
  wait "$killed" 2>/dev/null
  run ./e --version
  check 'a killed build is done again' eval 'version && says err "sources have changed"'
fi

echo "# the released archive"
release() { (cd "$home" && JAVA_HOME=$jdk ./mvnw -q -B -Dquick -Prelease package); }
run release
check 'one command builds it' eval 'is 0 && ls "$home"/target/einloom-*.zip >/dev/null'
cp "$home"/target/einloom-*.zip "$work/first.zip"
rm -rf "$home"/*/target/quick
run release
check 'built again it is the same, byte by byte' eval 'is 0 && cmp -s "$work/first.zip" "$home"/target/einloom-*.zip'
mkdir "$work/un zipped" "$work/empty"
cd "$work/un zipped" || exit 1
if command -v unzip >/dev/null; then
  unzip -q "$work/first.zip"
else
  "$jdk/bin/jar" xf "$work/first.zip" # which drops the permissions
  chmod +x einloom-*/bin/einloom
fi
released=$(echo "$work/un zipped"/einloom-*)
cd "$work/empty" || exit 1
offline=''
if unshare -rn true 2>/dev/null; then offline='unshare -rn'; else echo "skip  without a network: unshare does not work here"; fi
run $offline env -i JAVA_HOME="$jdk" "$released/bin/einloom" --version
check 'it runs with JAVA_HOME alone: no PATH, no Maven, no network' eval 'version && silent err'
run $offline env -i JAVA_HOME="$jdk" "$released/bin/einloom" map lenet5 --arch nvdla --json result.json
check 'it maps a network' eval 'is 0 && says out "optimality: proven"'
run $offline env -i JAVA_HOME="$jdk" "$released/bin/einloom" explain result.json
check 'and explains the result' eval 'is 0 && says out "order of computation"'
run $offline env -i JAVA_HOME="$jdk" "$released/bin/einloom" schema result
check 'it has the schemas' eval 'is 0 && cmp -s "$work/out" "$released/docs/schemas/result.schema.json"'
ln -s "$released/bin/einloom" link
run $offline env -i JAVA_HOME="$jdk" ./link validate "$released/examples/matmul.yaml"
check 'it runs through a link, and has the examples' is 0
run env PATH="$bin" JAVA_HOME="$old" EINLOOM_JDK_SEARCH="$work/no/*" "$released/bin/einloom" --version
check 'without a JDK 25 it says in one line what to install' one_line
for jar in "$released"/lib/*.jar; do
  name=${jar##*/}
  case $name in einloom-*) continue ;; esac
  check "the licence of ${name%-[0-9]*} is told" grep -q "^${name%-[0-9]*} " "$released/licences/THIRD-PARTY.txt"
done
for file in LICENSE NOTICE README.md docs/commands.md bin/einloom.cmd; do
  check "it has $file" [ -f "$released/$file" ]
done
cd "$work/else where" || exit 1

# A real JDK 17, where there is one: what a user of Debian has.
old=''
for dir in /usr/lib/jvm/*; do
  jdk_version "$dir"
  [ "$jdk_major" -ne 17 ] || old=$dir
done
if [ -n "$old" ]; then
  run env JAVA_HOME="$old" "$home/mvnw" -v
  check "mvnw with JAVA_HOME=$old" eval 'is 0 && says out "Java version: " && ! says out "Java version: 17"'
  run env JAVA_HOME="$old" PATH="$old/bin:$PATH" ./e --version
  check "einloom with JAVA_HOME=$old" eval 'version && silent err'
else
  echo "skip  mvnw and einloom with JAVA_HOME at a real JDK 17: none found"
fi

echo "launcher: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
