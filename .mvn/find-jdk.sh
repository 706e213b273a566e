# Finds a JDK for Einloom; sourced by mvnw, einloom and .ci/run (POSIX sh, starts no process unless it must).
#
#   . .mvn/find-jdk.sh; find_jdk || exit 2
#
# sets and exports JAVA_HOME to the first JDK of version $EINLOOM_JDK_MIN or later: JAVA_HOME itself, a javac on
# the PATH, then the usual folders, where the lowest version that will do is taken (it is the one tested most).
# A JDK is judged by its file `release` and by having a javac. EINLOOM_JDK_SEARCH, a colon-separated list of
# patterns of JDK homes, replaces the usual folders.

EINLOOM_JDK_MIN=25

# Sets jdk_major to the major version of the JDK at $1, or to 0 if there is none.
jdk_version() {
  jdk_major=0
  if [ -f "$1/release" ] && [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ]; then
    while IFS='=' read -r jdk_key jdk_value || [ -n "$jdk_key" ]; do
      if [ "$jdk_key" = JAVA_VERSION ]; then
        jdk_value=${jdk_value#\"}
        jdk_value=${jdk_value%%[!0-9]*} # 25.0.3, 26-ea; 1.8.0 gives 1
        jdk_major=${jdk_value:-0}
        break
      fi
    done <"$1/release"
  fi
}

# Follows the symbolic links of file $1; sets jdk_path.
jdk_resolve() {
  jdk_path=$1
  while [ -L "$jdk_path" ]; do
    jdk_link=$(readlink "$jdk_path") || return 1
    case $jdk_link in
      /*) jdk_path=$jdk_link ;;
      *) jdk_path=${jdk_path%/*}/$jdk_link ;;
    esac
  done
}

find_jdk() {
  if [ "${OS-}" = Windows_NT ]; then
    echo "einloom: Windows is not supported; run this inside WSL (https://learn.microsoft.com/windows/wsl)" >&2
    return 2
  fi
  if [ -n "${JAVA_HOME-}" ]; then
    jdk_version "$JAVA_HOME"
    if [ "$jdk_major" -ge "$EINLOOM_JDK_MIN" ]; then
      export JAVA_HOME
      return 0
    fi
  fi

  jdk_found='' jdk_found_major=0
  jdk_ifs=$IFS
  case $- in *f*) jdk_noglob=1 ;; *) jdk_noglob= ;; esac

  IFS=:
  set -f
  for jdk_dir in ${PATH-}; do
    if [ -x "$jdk_dir/javac" ] && jdk_resolve "$jdk_dir/javac"; then
      jdk_dir=${jdk_path%/*}
      jdk_version "${jdk_dir%/*}"
      if [ "$jdk_major" -ge "$EINLOOM_JDK_MIN" ]; then
        jdk_found=${jdk_dir%/*}
        break
      fi
    fi
  done

  if [ -z "$jdk_found" ]; then
    jdk_home=${HOME:-/nonexistent}
    jdk_usual="/usr/lib/jvm/*:/usr/java/*:/opt/java/*:/opt/jdk*:/usr/local/openjdk*"
    jdk_usual="$jdk_usual:${SDKMAN_CANDIDATES_DIR:-$jdk_home/.sdkman/candidates}/java/*:$jdk_home/.jdks/*"
    jdk_usual="$jdk_usual:$jdk_home/.gradle/jdks/*:$jdk_home/.local/share/mise/installs/java/*"
    jdk_usual="$jdk_usual:/Library/Java/JavaVirtualMachines/*/Contents/Home"
    jdk_usual="$jdk_usual:$jdk_home/Library/Java/JavaVirtualMachines/*/Contents/Home"
    jdk_usual="$jdk_usual:/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home"
    jdk_usual="$jdk_usual:/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home"
    jdk_usual="$jdk_usual:/home/linuxbrew/.linuxbrew/opt/openjdk*/libexec"
    set +f
    for jdk_dir in ${EINLOOM_JDK_SEARCH-$jdk_usual}; do
      jdk_version "$jdk_dir"
      if [ "$jdk_major" -ge "$EINLOOM_JDK_MIN" ] &&
        { [ -z "$jdk_found" ] || [ "$jdk_major" -lt "$jdk_found_major" ]; }; then
        jdk_found=$jdk_dir jdk_found_major=$jdk_major
      fi
    done
    if [ -z "$jdk_found" ] && [ -z "${EINLOOM_JDK_SEARCH+set}" ] && [ -x /usr/libexec/java_home ]; then
      jdk_dir=$(/usr/libexec/java_home -F -v "$EINLOOM_JDK_MIN+" 2>/dev/null) || jdk_dir=
      jdk_version "$jdk_dir"
      [ "$jdk_major" -lt "$EINLOOM_JDK_MIN" ] || jdk_found=$jdk_dir
    fi
  fi

  IFS=$jdk_ifs
  if [ -n "$jdk_noglob" ]; then set -f; else set +f; fi
  if [ -z "$jdk_found" ]; then
    echo "einloom: no JDK $EINLOOM_JDK_MIN or later found: install one (for example Temurin from https://adoptium.net) or set JAVA_HOME to it" >&2
    return 2
  fi
  JAVA_HOME=$jdk_found
  export JAVA_HOME
}
