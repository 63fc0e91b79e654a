package io.vestibule.delivery.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How the bots of one house are written to, and what they answer. */
enum BotDialect {

  /**
   * Feishu, and Lark.
   *
   * @see <a href="https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot">Custom
   *     bots</a>
   */
  FEISHU {
    @Override
    Call call(URI url, Order order, String text) {
      var body = Json.MAPPER.createObjectNode();
      key(order)
          .ifPresent(
              key -> {
                String timestamp = Long.toString(order.at().getEpochSecond());
                body.put("timestamp", timestamp).put("sign", hmac(timestamp + "\n" + key, ""));
              });
      body.put("msg_type", "text").putObject("content").put("text", text);
      return new Call(url, body);
    }

    @Override
    Answer answer(String body) {
      return switch (number(body, "code")) {
        case 0 -> Answer.taken();
        case 11232 -> Answer.later("too-fast");
        case 19021, 19022, 19024 -> new Answer.Stopped("refused-credentials");
        default -> Answer.later("error-in-answer");
      };
    }
  },

  /** DingTalk. Whoever writes more than 20 times a minute is not heard for ten. */
  DINGTALK {
    @Override
    Call call(URI url, Order order, String text) {
      var body = Json.MAPPER.createObjectNode().put("msgtype", "markdown");
      body.putObject("markdown")
          .put("title", text.lines().findFirst().orElse(""))
          .put("text", text);
      body.putObject("at").put("isAtAll", false);
      return new Call(key(order).map(key -> signed(url, order, key)).orElse(url), body);
    }

    private URI signed(URI url, Order order, String key) {
      String timestamp = Long.toString(order.at().toEpochMilli());
      String sign = URLEncoder.encode(hmac(key, timestamp + "\n" + key), UTF_8);
      String separator = url.getRawQuery() == null ? "?" : "&";
      return URI.create(url + separator + "timestamp=" + timestamp + "&sign=" + sign);
    }

    @Override
    Answer answer(String body) {
      return switch (number(body, "errcode")) {
        case 0 -> Answer.taken();
        case 130101 -> new Answer.Later(Optional.of(Duration.ofMinutes(10)), "too-fast");
        case 310000 -> new Answer.Stopped("refused-credentials");
        default -> Answer.later("error-in-answer");
      };
    }
  },

  /** Slack: the address is all that is needed. */
  SLACK {
    @Override
    Call call(URI url, Order order, String text) {
      return new Call(url, Json.MAPPER.createObjectNode().put("text", text));
    }

    @Override
    Answer answer(String body) {
      return switch (body.strip()) {
        case "ok" -> Answer.taken();
        case "no_service", "no_team", "invalid_token" -> new Answer.Stopped("refused-credentials");
        default -> Answer.later("error-in-answer");
      };
    }
  };

  private static final int NO_NUMBER = Integer.MIN_VALUE;

  /** What is posted where. */
  record Call(URI url, ObjectNode body) {

    /** Never the address: it is the secret. */
    @Override
    public String toString() {
      return "Call(not shown)";
    }
  }

  abstract Call call(URI url, Order order, String text);

  /** What an answer says whose status is good. */
  abstract Answer answer(String body);

  private static Optional<String> key(Order order) {
    return order.secret().keys().stream().findFirst();
  }

  private static int number(String body, String member) {
    try {
      JsonNode json = Json.MAPPER.readTree(body);
      return json.path(member).asInt(NO_NUMBER);
    } catch (JsonProcessingException e) {
      return NO_NUMBER;
    }
  }

  private static String hmac(String key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has HMAC-SHA256", e);
    }
  }
}
