package io.vestibule.core.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com",
        "https://hooks.example.com/a/b?c=d",
        "https://HOOKS.Example.COM:443/",
        "https://xn--fiqs8s.xn--fiqz9s/",
        "https://10.example.com/",
      })
  void aNameOfThePublicDnsIsTaken(String url) {
    assertThat(PublicUrl.problem(URI.create(url))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "//hooks.example.com/",
        "https:hooks.example.com",
        "https:///path",
        "https://hooks.example.com:80/",
        "https://hooks.example.com:8443/",
        "https://user@hooks.example.com/",
        "https://hooks.example.com%40127.0.0.1/",
        "https://user:word@127.0.0.1/",
        "https://hooks.example.com/#there",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://127.0.0.0x1/",
        "https://127.0.0.1./",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fd00:ec2::254]/",
        "https://[64:ff9b::7f00:1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/",
        "https://localhost./",
        "https://LOCALHOST/",
        "https://a.localhost/",
        "https://a.LocalHost/",
        "https://metadata.google.internal/",
        "https://printer.local/",
        "https://host.localdomain/",
        "https://intranet/",
        "https://hooks.example.com./",
        "https://hooks..example.com/",
        "https://.example.com/",
        "https://-hooks.example.com/",
        "https://under_score.example.com/",
        "https://1.0.0.127.in-addr.arpa/",
      })
  void everySpellingOfWhatIsInsideIsRefused(String url) {
    assertThat(PublicUrl.problem(URI.create(url))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/",
        "http://localhost.:80/",
        "http://a.localhost:80/",
        "http://127.0.0.1:80/",
        "http://user@localhost:80/",
        "https://localhost:80/",
        "http://localhost.example.com:80/",
      })
  void onlyOneSpellingIsThisMachine(String url) {
    assertThat(PublicUrl.isThisMachine(URI.create(url))).isFalse();
    assertThat(PublicUrl.isThisMachine(URI.create("http://localhost:8080/x"))).isTrue();
  }
}
