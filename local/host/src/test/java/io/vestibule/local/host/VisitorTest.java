package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitorTest {

  @ParameterizedTest
  @CsvSource({
    "GET,  localhost:8080,      ,                        true",
    "GET,  127.0.0.1:8080,      ,                        true",
    "GET,  [::1]:8080,          ,                        true",
    "GET,  evil.example:8080,   ,                        false",
    "GET,  localhost.evil.example, ,                     false",
    "GET,  127.0.0.1.evil.example, ,                     false",
    "POST, localhost:8080,      ,                        true",
    "POST, localhost:8080,      http://localhost:8080,   true",
    "POST, localhost:8080,      http://localhost:9090,   false",
    "POST, localhost:8080,      https://evil.example,    false",
    "POST, localhost:8080,      null,                    false",
    "PUT,  localhost:8080,      https://evil.example,    false",
    "GET,  ,                    ,                        false"
  })
  void onlyThisMachineAndNoWebPageIsWelcome(
      String method, @Nullable String host, @Nullable String origin, boolean welcome) {
    var headers = new TreeMap<String, List<String>>();
    if (host != null) {
      headers.put("host", List.of(host));
    }
    if (origin != null) {
      headers.put("origin", List.of(origin));
    }
    var request = new WebRequest(method, "/_local/", "", "HTTP/1.1", headers, new byte[0]);

    assertThat(Visitor.isWelcome(request)).isEqualTo(welcome);
  }
}
