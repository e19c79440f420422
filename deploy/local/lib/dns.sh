# shellcheck shell=bash
# CoreDNS as a process on the node, behind the Service `kube-dns`.

start_dns() {
  # Two blocks: in one, `template` would answer every question.
  cat >"$STATE/Corefile" <<EOF
cluster.local:1053 in-addr.arpa:1053 ip6.arpa:1053 {
  bind $NODE_IP
  kubernetes cluster.local in-addr.arpa ip6.arpa {
    kubeconfig $STATE/kubeconfigs/admin
    pods insecure
    ttl 30
  }
}
.:1053 {
  bind $NODE_IP
  template ANY ANY {
    rcode NXDOMAIN
  }
}
EOF
  start_component coredns "$BIN/coredns" -conf "$STATE/Corefile"
  kubectl_admin apply -f - >/dev/null <<EOF
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec:
  clusterIP: $DNS_IP
  ports:
  - {name: dns, port: 53, targetPort: 1053, protocol: UDP}
  - {name: dns-tcp, port: 53, targetPort: 1053, protocol: TCP}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: kube-dns-node
  namespace: kube-system
  labels: {kubernetes.io/service-name: kube-dns}
addressType: IPv4
endpoints:
- addresses: [$NODE_IP]
  conditions: {ready: true}
ports:
- {name: dns, port: 1053, protocol: UDP}
- {name: dns-tcp, port: 1053, protocol: TCP}
EOF
}

# Asks the DNS Service at its own address for kube-dns.kube-system.svc.cluster.local
# and looks for one answer in the reply's header.
dns_answers() {
  # shellcheck disable=SC2016
  in_netns timeout 1 bash -c '
    exec 3<>"/dev/udp/$1/53" || exit 1
    printf "\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x08kube-dns\x0bkube-system\x03svc\x07cluster\x05local\0\0\x01\0\x01" >&3
    [[ $(head -c 8 <&3 | od -An -tx1 | tr -d " \n") == 1234????00010001 ]]
  ' - "$DNS_IP" 2>/dev/null
}
