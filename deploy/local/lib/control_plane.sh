# shellcheck shell=bash
# etcd, kube-apiserver, kube-controller-manager, kube-scheduler.

start_etcd() {
  local client=http://127.0.0.1:2379 peer=http://127.0.0.1:2380
  # Without fsync: the data need not survive the machine, only the process.
  start_component etcd "$BIN/etcd" --name "$NODE" --data-dir "$STATE/etcd" --unsafe-no-fsync \
    --listen-client-urls $client --advertise-client-urls $client \
    --listen-peer-urls $peer --initial-advertise-peer-urls $peer \
    --initial-cluster "$NODE=$peer"
}

start_apiserver() {
  # There is no name service for the node's name: `logs` and `exec` have to dial
  # its address.
  start_component kube-apiserver "$BIN/kube-apiserver" \
    --etcd-servers http://127.0.0.1:2379 \
    --advertise-address "$NODE_IP" --bind-address 0.0.0.0 --secure-port 6443 \
    --kubelet-preferred-address-types InternalIP \
    --authorization-mode Node,RBAC --client-ca-file "$PKI/ca.crt" \
    --tls-cert-file "$PKI/server.crt" --tls-private-key-file "$PKI/server.key" \
    --requestheader-client-ca-file "$PKI/ca.crt" --requestheader-allowed-names front-proxy \
    --requestheader-username-headers X-Remote-User --requestheader-group-headers X-Remote-Group \
    --requestheader-extra-headers-prefix X-Remote-Extra- \
    --proxy-client-cert-file "$PKI/front-proxy.crt" --proxy-client-key-file "$PKI/front-proxy.key" \
    --kubelet-client-certificate "$PKI/admin.crt" --kubelet-client-key "$PKI/admin.key" \
    --service-account-issuer https://kubernetes.default.svc.cluster.local \
    --service-account-key-file "$PKI/service-accounts.pub" \
    --service-account-signing-key-file "$PKI/service-accounts.key" \
    --service-cluster-ip-range "$SERVICE_CIDR" \
    --allow-privileged --cert-dir "$STATE/tmp/kube-apiserver" --profiling=false
}

apiserver_ready() { kubectl_admin get --raw /readyz >/dev/null 2>&1; }

start_controllers() {
  local kc=$STATE/kubeconfigs
  start_component kube-controller-manager "$BIN/kube-controller-manager" \
    --kubeconfig "$kc/kube-controller-manager" \
    --authentication-kubeconfig "$kc/kube-controller-manager" \
    --authorization-kubeconfig "$kc/kube-controller-manager" \
    --service-account-private-key-file "$PKI/service-accounts.key" --root-ca-file "$PKI/ca.crt" \
    --use-service-account-credentials --leader-elect=false --profiling=false \
    --flex-volume-plugin-dir "$STATE/kubelet/volume-plugins" \
    --cert-dir "$STATE/tmp/kube-controller-manager"
  start_component kube-scheduler "$BIN/kube-scheduler" \
    --kubeconfig "$kc/kube-scheduler" \
    --authentication-kubeconfig "$kc/kube-scheduler" \
    --authorization-kubeconfig "$kc/kube-scheduler" \
    --leader-elect=false --profiling=false --cert-dir "$STATE/tmp/kube-scheduler"
}

default_account_exists() { kubectl_admin -n default get serviceaccount default >/dev/null 2>&1; }
