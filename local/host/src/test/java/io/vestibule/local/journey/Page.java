package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.journey.Stranger.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A form's page as a browser without scripts has it, to be filled in and sent. */
record Page(Stranger visitor, String path, Answer answer) {

  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final Pattern NONCE = Pattern.compile("name=\"_nonce\" value=\"([^\"]*)\"");

  static Page opened(Stranger visitor, String path) throws IOException {
    return new Page(visitor, path, visitor.gets(path));
  }

  String nonce() {
    var nonce = NONCE.matcher(answer.body());
    assertThat(nonce.find()).as(answer.body()).isTrue();
    return nonce.group(1);
  }

  /** Sends it, with its nonce unless the values have another, and asks for an answer in JSON. */
  Answer sends(Map<String, String> values) throws IOException {
    return sends(values, "Accept: application/json");
  }

  /** Sends it as its button does, and has the page that comes of it. */
  Page pressed(Map<String, String> values) throws IOException {
    return new Page(visitor, path, sends(values, "Accept: text/html"));
  }

  private Answer sends(Map<String, String> values, String accept) throws IOException {
    var all = new TreeMap<>(Map.of("_nonce", nonce()));
    all.putAll(values);
    String body =
        all.entrySet().stream()
            .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return visitor.posts(path, URL_ENCODED, body, accept);
  }
}
