# Runs Einloom's command; sourced last by ./einloom and by bin/einloom of a released archive (POSIX sh).
#
# Needs JAVA_HOME, einloom_class_path, einloom_cache (a start-up cache of the JVM that need not exist), and the
# command's arguments as "$@".

# Commands of a second or less do best with the quick compiler; the search with all there is.
einloom_short=1
for einloom_arg in "$@"; do
  case $einloom_arg in
    -*) ;;
    help | version | workload | arch | components | validate | evaluate | explain | compare | schema) break ;;
    *) einloom_short='' && break ;;
  esac
done
# The start-up cache is made with compact headers too. Searches run on a smaller heap for a little more collecting.
einloom_opts='-XX:+UseCompactObjectHeaders -XX:GCTimeRatio=4'
if [ -n "$einloom_short" ]; then
  einloom_opts="$einloom_opts -XX:TieredStopAtLevel=1"
  case ${EINLOOM_JAVA_OPTS-} in
    *-XX:+Use*GC*) ;; # the JVM takes one collector only
    *) einloom_opts="$einloom_opts -XX:+UseSerialGC" ;;
  esac
fi
# what runs networks is native code, and so is DuckDB
case ${1-} in profile | explore) einloom_opts="$einloom_opts --enable-native-access=ALL-UNNAMED" ;; esac
# what Spark's own launcher tells the JVM
case " $* " in
  *' --on spark '* | *' --on=spark '*)
    einloom_opts="$einloom_opts --sun-misc-unsafe-memory-access=allow -Dio.netty.tryReflectionSetAccessible=true"
    for einloom_open in lang lang.invoke lang.reflect io net nio util util.concurrent util.concurrent.atomic; do
      einloom_opts="$einloom_opts --add-opens=java.base/java.$einloom_open=ALL-UNNAMED"
    done
    for einloom_open in sun.nio.ch sun.nio.cs sun.util.calendar jdk.internal.ref; do
      einloom_opts="$einloom_opts --add-opens=java.base/$einloom_open=ALL-UNNAMED"
    done
    ;;
esac
set -- -cp "$einloom_class_path${EINLOOM_CLASS_PATH:+:$EINLOOM_CLASS_PATH}" org.einloom.cli.Main "$@"
# -Xlog:disable: a cache that does not fit is passed over without a word
[ ! -f "$einloom_cache" ] || set -- "-XX:AOTCache=$einloom_cache" "$@"

# What the command cannot see by itself: whether and how wide there is a terminal.
[ ! -t 2 ] || set -- -Deinloom.stderr-is-terminal=true "$@"
if [ -t 1 ] && [ -z "${COLUMNS-}" ]; then
  COLUMNS=$(stty size 2>/dev/null </dev/tty | cut -d ' ' -f 2) || COLUMNS=''
  export COLUMNS
fi

set -f # the options are words, not patterns
exec "$JAVA_HOME/bin/java" -Xlog:disable $einloom_opts ${EINLOOM_JAVA_OPTS-} "$@"
