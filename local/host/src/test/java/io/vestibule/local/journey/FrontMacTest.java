package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.store.keys.SystemKeys;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The one key that the front may read: what goes on without it, and who makes it again. */
class FrontMacTest extends Journey {

  @Test
  void withoutItOnlyPostsThatNameAKeyMustWaitUntilTheNextRotationMakesIt() throws Exception {
    var ada = somebody();
    host.operator()
        .dynamoDb()
        .deleteItem(
            delete ->
                delete
                    .tableName("system-keys")
                    .key(Map.of("name", AttributeValue.fromS("front-mac"))));

    assertThat(post(ada).status()).isEqualTo(202);
    var refused = post(ada, "Idempotency-Key: a");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("retry-after")).isNotEmpty();
    assertThat(tables.items("submissions")).hasSize(1);
    pagesAreStillThereAndOnlyFormsThatAskForWorkMustWait(ada);

    host.functions().invoke("KeyRotationFunction", Json.MAPPER.createObjectNode(), "test");
    assertThat(post(ada, "Idempotency-Key: a").status()).isEqualTo(202);
    var made = systemKeys().frontMac().orElseThrow();
    host.functions().invoke("KeyRotationFunction", Json.MAPPER.createObjectNode(), "test");
    assertThat(systemKeys().frontMac()).hasValueSatisfying(it -> assertThat(it).isEqualTo(made));
  }

  private void pagesAreStillThereAndOnlyFormsThatAskForWorkMustWait(Person ada) throws Exception {
    var visitor = new Stranger(host);
    assertThat(Page.opened(visitor, "/forms/contact").nonce()).matches("[\\w-]{22}");
    var guarded = Page.opened(visitor, "/forms/guarded");
    assertThat(guarded.answer().status()).isEqualTo(200);
    assertThat(guarded.answer().body()).contains("_altcha").doesNotContain("data-challenge");
    assertThat(visitor.gets("/forms/guarded", "Accept: application/json").status()).isEqualTo(503);
    String body = "{\"email\":\"%s\",\"_altcha\":\"e30=\"}".formatted(ada.address);
    assertThat(visitor.posts("/forms/guarded", "application/json", body).status()).isEqualTo(503);
  }

  private SystemKeys systemKeys() {
    return new SystemKeys(host.operator().dynamoDb(), "system-keys");
  }

  private Stranger.Answer post(Person person, String... headers) throws Exception {
    var body =
        "{\"email\":\"%s\",\"name\":\"Ada\",\"message\":\"Hello\"}".formatted(person.address);
    return new Stranger(host).posts("/forms/contact", "application/json", body, headers);
  }
}
