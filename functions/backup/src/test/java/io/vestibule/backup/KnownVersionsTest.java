package io.vestibule.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which of a customer's two rows is the older one. */
class KnownVersionsTest {

  @Test
  void aRecordIsOlderOrNewerThanItsKeysRowOrOfTheSameVersion() {
    var known = known(Stream.of(row("ada", "3"), row("bob", "1")));

    assertThat(known.age(row("ada", "2"))).isNegative();
    assertThat(known.age(row("ada", "3"))).isZero();
    assertThat(known.age(row("ada", "4"))).isPositive();
    assertThat(known.age(row("bob", "1"))).isZero();
  }

  @Test
  void whoIsNotKnownOrHasNoVersionIsNotCompared() {
    var known =
        known(Stream.of(row("ada", "3"), Map.of("customerId", AttributeValue.fromS("bob"))));

    assertThat(known.age(row("bob", "1"))).isZero();
    assertThat(known.age(row("eve", "1"))).isZero();
    assertThat(known.age(row("ada", "1E30"))).isZero();
    assertThat(known.age(Map.of("customerId", AttributeValue.fromS("ada")))).isZero();
  }

  @Test
  void amongManyEachIsFound() {
    var known = known(IntStream.range(0, 10_000).mapToObj(it -> row("customer-" + it, "5")));

    assertThat(IntStream.range(0, 10_000))
        .allMatch(number -> known.age(row("customer-" + number, "4")) < 0);
  }

  private static KnownVersions known(Stream<Map<String, AttributeValue>> rows) {
    return new KnownVersions(LongStream.of(KnownVersions.of(rows)));
  }

  private static Map<String, AttributeValue> row(String customerId, String version) {
    return Map.of(
        "customerId", AttributeValue.fromS(customerId), "version", AttributeValue.fromN(version));
  }
}
