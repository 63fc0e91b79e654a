package io.vestibule.delivery.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"1.1.1.1", "100.63.255.255", "172.32.0.1", "192.0.1.1", "198.20.0.1", "223.1.1.1"})
  void anAddressOnTheInternetIsPublic(String address) {
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isTrue();
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral("2606:4700::1111"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "5f00::1",
      })
  void whatIsInsideOrLeadsThereIsNot(String address) {
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isFalse();
  }

  @Test
  void anIpv4AddressInIpv6ClothesIsNotPublic() throws UnknownHostException {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 1, 1, 1, 1};

    assertThat(PublicAddresses.isPublic(Inet6Address.getByAddress("a", mapped, -1))).isFalse();
  }

  @Test
  void oneAddressInsideAmongOthersRefusesTheName() {
    var twoFaced =
        new PublicAddresses(
            name ->
                new InetAddress[] {
                  InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("10.0.0.1")
                });

    assertThatThrownBy(() -> twoFaced.resolve("hooks.example.com"))
        .isInstanceOf(PublicAddresses.NotPublic.class);
  }
}
