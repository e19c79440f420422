# Functions shared by the scripts; to be sourced.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
LOCAL=$ROOT/deploy/local
VERSION=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$ROOT/pom.xml" | head -n 1)

say() { printf '%s\n' "$*" >&2; }
die() {
  say "error: $*"
  exit 1
}

# Prints a JDK of version 25 or later: JAVA_HOME, or one from the usual directories.
find_jdk() {
  local home release major
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    release=$home/release
    [[ -x $home/bin/javac && -r $release ]] || continue
    major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
    if [[ -n $major && $major -ge 25 ]]; then
      printf '%s' "$home"
      return
    fi
  done
  die "no JDK 25 found; install one (for instance Temurin 25) and set JAVA_HOME to it"
}

# Installs Debian packages of missing commands: install_missing COMMAND PACKAGE [COMMAND PACKAGE]...
install_missing() {
  local missing=()
  while (($#)); do
    command -v "$1" >/dev/null || missing+=("$2")
    shift 2
  done
  ((${#missing[@]})) || return 0
  command -v apt-get >/dev/null || die "please install: ${missing[*]}"
  [[ $(id -u) == 0 ]] || die "not root; please install: ${missing[*]}"
  say "installing ${missing[*]}"
  apt-get -qq update >&2
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >&2
}

# Prepares any build.
prepare_build() {
  JAVA_HOME=$(find_jdk)
  export JAVA_HOME
  install_missing mvn maven
}

mvn_podium() { (cd "$ROOT" && mvn -B -ntp "$@"); }

# Runs a long command with its output in a file. Shows the elapsed time and, if the command fails, the
# end of the output: step TITLE LOGFILE COMMAND...
step() {
  local title=$1 log=$2 started=$SECONDS pid rc=0
  shift 2
  mkdir -p "$(dirname "$log")"
  [[ -t 2 ]] || say "$title ..."
  "$@" >"$log" 2>&1 &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    [[ -t 2 ]] && printf '\r%s (%ds) ' "$title" $((SECONDS - started)) >&2
    read -r -t 1 <> <(:) || true
  done
  wait "$pid" || rc=$?
  [[ -t 2 ]] && printf '\r' >&2
  if ((rc)); then
    say "$title: failed after $((SECONDS - started))s; last lines of $log:"
    tail -n 40 "$log" >&2
    exit 1
  fi
  say "$title: done in $((SECONDS - started))s"
}

# For demo and bench: the operator's namespace, and the local cluster (empty if PODIUM_KUBECONFIG is set).
SYSTEM=podium-system
OWN_CLUSTER=

# Starts a cluster, loads the images, installs the operator, and puts kubectl and helm on the PATH:
# install_podium IMAGE...
install_podium() {
  local load=()
  prepare_build
  build_if_changed
  if [[ -n ${PODIUM_KUBECONFIG:-} ]]; then
    say "using the cluster of $PODIUM_KUBECONFIG; its nodes must be able to pull or have the images"
  else
    OWN_CLUSTER=${PODIUM_CLUSTER:-podium}
    "$LOCAL/cluster" up --name "$OWN_CLUSTER"
    PODIUM_KUBECONFIG=$("$LOCAL/cluster" kubeconfig --name "$OWN_CLUSTER")
    load=(--load "$OWN_CLUSTER")
  fi
  export PODIUM_KUBECONFIG KUBECONFIG=$PODIUM_KUBECONFIG
  find_kubectl_and_helm
  if ((${#load[@]})); then
    step "building and loading the images" "$ROOT/target/log/images.log" \
      "$ROOT/scripts/images" "${load[@]}" "$@"
  fi
  step "installing the operator with Helm" "$ROOT/target/log/install.log" \
    "$ROOT/scripts/install" "$SYSTEM" podium-demo,podium-bench
}

# Uses the installed ones with a cluster of the user, and else those of the local cluster.
find_kubectl_and_helm() {
  if [[ -n $OWN_CLUSTER ]] || ! command -v kubectl >/dev/null || ! command -v helm >/dev/null; then
    PATH=$("$LOCAL/cluster" binaries):$PATH
  fi
}

build_if_changed() {
  local built=$ROOT/target/quarkus-app/quarkus-run.jar
  [[ ! -f $built || -n $(find "$ROOT/src/main" "$ROOT/pom.xml" -newer "$built" -print -quit) ]] || return 0
  step "building the operator" "$ROOT/target/log/build.log" mvn_podium -Dmaven.test.skip=true package
}
