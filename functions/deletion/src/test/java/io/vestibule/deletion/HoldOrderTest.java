package io.vestibule.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vestibule.core.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person's order is carried out as it stands, or not at all. */
class HoldOrderTest {

  private static HoldOrder read(String json) throws IOException {
    return HoldOrder.read(Json.MAPPER.readTree(json));
  }

  @Test
  void aHoldHasAGroundAndALiftHasNone() throws IOException {
    var hold = read("{\"hold\":{\"customer\":\"c\",\"ground\":\"§ 147 AO\"}}");
    var lift = read("{\"lift\":{\"email\":\"ada@example.net\"}}");

    assertThat(hold.customer()).hasValue("c");
    assertThat(hold.ground()).hasValue("§ 147 AO");
    assertThat(lift.email()).isPresent();
    assertThat(lift.ground()).isEmpty();
  }

  @Test
  void aGroundFitsOnAPage() throws IOException {
    var order = "{\"hold\":{\"customer\":\"c\",\"ground\":\"%s\"}}";

    assertThat(read(order.formatted("x".repeat(500))).ground()).isPresent();
    assertThatIllegalArgumentException().isThrownBy(() -> read(order.formatted("x".repeat(501))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"hold\":{\"email\":\"ada@example.net\"}}",
        "{\"hold\":{\"email\":\"ada@example.net\",\"customer\":\"c\",\"ground\":\"x\"}}",
        "{\"lift\":{\"email\":\"ada@example.net\",\"ground\":\"x\"}}",
        "{\"lift\":{\"email\":\"ada@example.net\"},\"hold\":{}}"
      })
  void aMistypedOrderIsRefusedAndNotRepeated(String order) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(order))
        .withMessageNotContaining("example.net");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"forget\":\"c\"}",
        "{\"forget\":{\"customer\":\" \"}}",
        "{\"forget\":{\"customer\":\"c\",\"email\":\"ada@example.net\"}}",
        "{\"forget\":{\"customer\":\"c\"},\"hold\":{}}"
      })
  void anOrderToForgetNamesOneCustomerAndNothingElse(String order) throws IOException {
    var json = Json.MAPPER.readTree(order);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForgetOrder.read(json))
        .withMessageNotContaining("example.net");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'find': {}}",
        "{'find': {'email': 'ada'}}",
        "{'find': {'email': 1}}",
        "{'find': 'ada@example.net'}",
        "{'find': {'email': 'ada@example.net', 'customer': 'c'}}",
        "{'find': {'email': 'ada@example.net'}, 'forget': {'customer': 'c'}}"
      })
  void anOrderToFindNamesOneAddressAndNothingElse(String order) throws IOException {
    var json = Json.MAPPER.readTree(order.replace('\'', '"'));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FindOrder.read(json))
        .withMessageNotContaining("example.net");
  }
}
