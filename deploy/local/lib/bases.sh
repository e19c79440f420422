# shellcheck shell=bash
# Stand-ins for the public base images, made of what this machine has: Debian's
# packages, its Go toolchain, its JDK. They bear the public names, so Dockerfiles
# stay as Docker needs them.

BASE_DEBIAN=docker.io/library/debian:bookworm-slim
BASE_GO=docker.io/library/golang:1.26
BASE_JDK=docker.io/library/eclipse-temurin:25-jdk

# Which of them a Dockerfile may use: those named in it or in a build argument.
bases_of() { # DOCKERFILE ARG... -> words
  local file=$1 text
  shift
  text=$(cat "$file")" $*"
  [[ $text != *golang:* ]] || echo go
  [[ $text != *eclipse-temurin:* ]] || echo jdk
  [[ $text != *golang:* && $text != *eclipse-temurin:* && $text != *debian:* ]] || echo debian
}

find_jdk() {
  local home
  for home in "${JAVA_HOME:-/nonexistent}" /usr/lib/jvm/* /opt/java/*; do
    if [[ -x $home/bin/jlink ]] && grep -qs '^JAVA_VERSION="25' "$home/release"; then
      readlink -f "$home"
      return
    fi
  done
  die "no JDK 25 (with jlink) in JAVA_HOME, /usr/lib/jvm or /opt/java; install one, or set JAVA_HOME"
}

base_version() { # WORD -> what its stand-in is made of
  case $1 in
    debian) echo debian-bookworm-1 ;;
    go) echo "go-$(go env GOVERSION)-3" ;;
    jdk) echo "jdk-$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$(find_jdk)/release")-3" ;;
  esac
}

bases_key() {
  local word
  for word in $1; do base_version "$word"; done
}

# Made one at a time; a label tells what a stand-in was made of.
ensure_bases() { # WORDS
  local word lock
  [[ -n $1 ]] || return 0
  mkdir -p "$PODIUM_CACHE/buildah"
  exec {lock}>"$PODIUM_CACHE/buildah/bases.lock"
  flock "$lock"
  for word in debian $1; do
    case $word in
      debian) ensure_base "$BASE_DEBIAN" debian make_debian ;;
      go) ensure_base "$BASE_GO" go make_go ;;
      jdk) ensure_base "$BASE_JDK" jdk make_jdk ;;
    esac
  done
  exec {lock}>&-
}

ensure_base() { # IMAGE WORD MAKER
  local version
  version=$(base_version "$2")
  if [[ $(buildah_local inspect --type image --format '{{index .OCIv1.Config.Labels "podium.stand-in"}}' "$1" 2>/dev/null) == "$version" ]]; then
    return
  fi
  run_logged "making a stand-in for $1" "$PODIUM_CACHE/log/base-$2.log" "$3" "$1" "$version" ||
    die "could not make the stand-in for $1"
}

commit_base() { # CONTAINER IMAGE VERSION [CONFIG...]
  local container=$1 image=$2 version=$3
  shift 3
  buildah_local config --label "podium.stand-in=$version" "$@" "$container" &&
    buildah_local commit --rm "$container" "$image"
}

make_debian() { # IMAGE VERSION
  local dir=$PODIUM_CACHE/buildah/debian.new container
  # In its own mount namespace: it mounts /proc in there.
  rm -rf --one-file-system "$dir" || return
  unshare --mount --propagation private -- \
    debootstrap --variant=minbase bookworm "$dir" || return
  # As in the public slim image: no documentation, no package lists.
  rm -rf "$dir"/var/cache/apt/*.bin "$dir"/var/cache/apt/archives/*.deb \
    "$dir"/var/lib/apt/lists/* "$dir"/usr/share/{doc,man,locale,info}/* "$dir"/var/log/*
  printf 'path-exclude /usr/share/%s/*\n' doc man locale info >"$dir/etc/dpkg/dpkg.cfg.d/slim"
  # debootstrap copies this machine's.
  : >"$dir/etc/resolv.conf"
  echo localhost >"$dir/etc/hostname"
  container=$(buildah_local from scratch) &&
    buildah_local add --quiet "$container" "$dir" / &&
    commit_base "$container" "$1" "$2" --cmd bash &&
    rm -rf "$dir"
}

make_go() { # IMAGE VERSION
  local container path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  [[ $(go env GOVERSION) == go"${BASE_GO##*:}"* ]] ||
    warn "$BASE_GO is asked for, but this machine's $(go env GOVERSION) has to do"
  container=$(buildah_local from --pull-never "$BASE_DEBIAN") &&
    buildah_local add --quiet "$container" "$(go env GOROOT)" /usr/local/go &&
    commit_base "$container" "$1" "$2" --workingdir /go --env GOPATH=/go --env GOTOOLCHAIN=local \
      --env "GOMODCACHE=$BORROWED/mod" --env "GOCACHE=$BORROWED/build" \
      --env "SSL_CERT_FILE=$BORROWED/ca.crt" --env "GOENV=$BORROWED/goenv" \
      --env "PATH=/go/bin:/usr/local/go/bin:$path"
}

# With binutils, like the public image: `jlink --strip-debug` needs objcopy. A
# packaged JDK links to the machine's own trust store, which is not to get into
# any image, so Debian's takes its place.
make_jdk() { # IMAGE VERSION
  local container path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  container=$(buildah_local from --pull-never "$BASE_DEBIAN") &&
    buildah_local add --quiet "$container" "$(find_jdk)" /opt/java/openjdk &&
    buildah_local run --isolation chroot --network host "$container" -- sh -ec '
      export DEBIAN_FRONTEND=noninteractive
      apt-get -q update
      apt-get -qy install --no-install-recommends binutils ca-certificates p11-kit p11-kit-modules
      rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/apt/archives/*.deb
      store=/opt/java/openjdk/lib/security/cacerts
      if [ ! -e "$store" ]; then
        rm -f "$store"
        trust extract --format=java-cacerts --filter=ca-anchors --purpose=server-auth "$store"
        chmod 644 "$store"
      fi' &&
    commit_base "$container" "$1" "$2" --env JAVA_HOME=/opt/java/openjdk --env LANG=C.UTF-8 \
      --env "PATH=/opt/java/openjdk/bin:$path"
}

# What a build borrows from this machine and must not keep: the caches and the
# certificates of its package clients. They are mounted, at the one place that
# every Debian image has and nobody uses, so that no image gets as much as an
# empty directory of them; only the stand-in for Go looks there.
BORROWED=/mnt

with_borrowed() { # CMD... : runs it in a mount namespace that has them in $lent
  local lent=$PODIUM_CACHE/buildah/lent bundle=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
  mkdir -p "$lent/mod" "$lent/build" "$(go env GOMODCACHE)" "$(go env GOCACHE)"
  [[ -f $lent/ca.crt ]] || : >"$lent/ca.crt"
  [[ -f $bundle ]] || bundle=$lent/ca.crt
  # Where this machine gets its modules from.
  printf '%s=%s\n' GOPROXY "$(go env GOPROXY)" GOSUMDB "$(go env GOSUMDB)" GOPRIVATE "$(go env GOPRIVATE)" \
    >"$lent/goenv.$$"
  mv "$lent/goenv.$$" "$lent/goenv"
  # shellcheck disable=SC2016
  unshare --mount --propagation private -- bash -ec '
    lent=$1
    mount --bind "$2" "$lent/mod"
    mount --bind "$3" "$lent/build"
    mount --bind "$4" "$lent/ca.crt"
    shift 4
    exec "$@"' - "$lent" "$(go env GOMODCACHE)" "$(go env GOCACHE)" "$bundle" "$@"
}
