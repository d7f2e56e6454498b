// Package network joins a cluster's own network namespace to the host by one veth pair.
package network

import (
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/vishvananda/netlink"
)

// inner is the link's name inside the node.
const inner = "eth0"

// LinkName is the host's end of a cluster's link.
func LinkName(index int) string { return fmt.Sprintf("qd%d", index) }

// InUse tells whether the host already has a link of that number or an address in its subnet.
func InUse(index int) bool {
	if _, err := netlink.LinkByName(LinkName(index)); err == nil {
		return true
	}
	_, subnet, _ := net.ParseCIDR(fmt.Sprintf("10.251.%d.0/24", index))
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return false
	}
	for _, address := range addresses {
		if own, ok := address.(*net.IPNet); ok && subnet.Contains(own.IP) {
			return true
		}
	}
	return false
}

// Connect makes the pair, puts one end into the namespace of the process and gives the other its address.
func Connect(index, pid int, hostIP string) error {
	if err := Remove(index); err != nil {
		return err
	}
	attributes := netlink.NewLinkAttrs()
	attributes.Name = LinkName(index)
	pair := &netlink.Veth{LinkAttrs: attributes, PeerName: inner, PeerNamespace: netlink.NsPid(pid)}
	if err := netlink.LinkAdd(pair); err != nil {
		return fmt.Errorf("link %s can't be made: %w", attributes.Name, err)
	}
	return address(attributes.Name, hostIP)
}

// Remove deletes the host's end, and with it the other; no link is fine.
func Remove(index int) error {
	link, err := netlink.LinkByName(LinkName(index))
	var missing netlink.LinkNotFoundError
	if errors.As(err, &missing) {
		return nil
	}
	if err != nil {
		return err
	}
	return netlink.LinkDel(link)
}

// SetUpNode is called inside the namespace: it brings up loopback and the link once the host has put it there.
func SetUpNode(nodeIP, hostIP string, patience time.Duration) error {
	loopback, err := netlink.LinkByName("lo")
	if err != nil {
		return err
	}
	if err := netlink.LinkSetUp(loopback); err != nil {
		return err
	}
	if err := awaitLink(patience); err != nil {
		return err
	}
	if err := address(inner, nodeIP); err != nil {
		return err
	}
	route := &netlink.Route{Gw: net.ParseIP(hostIP)}
	if err := netlink.RouteAdd(route); err != nil {
		return fmt.Errorf("default route by %s: %w", hostIP, err)
	}
	return forwardTraffic()
}

func awaitLink(patience time.Duration) error {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if _, err := netlink.LinkByName(inner); err == nil {
			return nil
		}
	}
	return fmt.Errorf("the link %s did not appear within %s", inner, patience)
}

func address(name, ip string) error {
	link, err := netlink.LinkByName(name)
	if err != nil {
		return err
	}
	full := &netlink.Addr{IPNet: &net.IPNet{IP: net.ParseIP(ip), Mask: net.CIDRMask(24, 32)}}
	if err := netlink.AddrAdd(link, full); err != nil {
		return fmt.Errorf("address %s on %s: %w", ip, name, err)
	}
	return netlink.LinkSetUp(link)
}

func forwardTraffic() error {
	if err := os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0o644); err != nil {
		return err
	}
	// Only there when the bridge module is loaded; pods of one node reach Services behind each other through it.
	err := os.WriteFile("/proc/sys/net/bridge/bridge-nf-call-iptables", []byte("1"), 0o644)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
