# shellcheck shell=bash
# One certificate authority, the identities of the components, and kubeconfigs.

# RSA, since not every client library reads elliptic-curve keys.
new_key() { openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$1" 2>/dev/null ||
  openssl genrsa -out "$1" 2048; }

issue() { # NAME SUBJECT [EXTENSIONS]
  local extensions=${3:-extendedKeyUsage=clientAuth}
  new_key "$PKI/$1.key"
  openssl req -new -key "$PKI/$1.key" -subj "$2" |
    openssl x509 -req -CA "$PKI/ca.crt" -CAkey "$PKI/ca.key" -days 3650 \
      -set_serial "0x$(openssl rand -hex 16)" -sha256 -out "$PKI/$1.crt" \
      -extfile <(printf '%s\nkeyUsage=digitalSignature\n' "$extensions") 2>/dev/null
}

kubeconfig() { # FILE IDENTITY
  (
    umask 077
    cat >"$1" <<EOF
apiVersion: v1
kind: Config
current-context: podium-$NAME
clusters:
- name: podium-$NAME
  cluster:
    server: https://$NODE_IP:6443
    certificate-authority-data: $(base64 -w0 "$PKI/ca.crt")
users:
- name: $2
  user:
    client-certificate-data: $(base64 -w0 "$PKI/$2.crt")
    client-key-data: $(base64 -w0 "$PKI/$2.key")
contexts:
- name: podium-$NAME
  context: {cluster: podium-$NAME, user: $2}
EOF
  )
}

make_certificates() {
  local names id
  mkdir -p "$PKI" "$STATE/kubeconfigs"
  chmod 700 "$PKI"
  new_key "$PKI/ca.key"
  openssl req -x509 -new -key "$PKI/ca.key" -subj "/CN=podium-$NAME" -days 3650 -sha256 \
    -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign \
    -out "$PKI/ca.crt" 2>/dev/null
  names=DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc
  names+=,DNS:kubernetes.default.svc.cluster.local,DNS:$NODE
  names+=,IP:127.0.0.1,IP:$NODE_IP,IP:$SERVICE_IP
  issue server /CN=kube-apiserver "extendedKeyUsage=serverAuth
subjectAltName=$names"
  issue front-proxy /CN=front-proxy
  issue admin /O=system:masters/CN=admin
  issue kube-controller-manager /CN=system:kube-controller-manager
  issue kube-scheduler /CN=system:kube-scheduler
  issue kube-proxy /CN=system:kube-proxy
  issue kubelet "/O=system:nodes/CN=system:node:$NODE"
  new_key "$PKI/service-accounts.key"
  openssl pkey -in "$PKI/service-accounts.key" -pubout -out "$PKI/service-accounts.pub"
  for id in admin kube-controller-manager kube-scheduler kube-proxy kubelet; do
    kubeconfig "$STATE/kubeconfigs/$id" "$id"
  done
}
