package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.CustomerRecord;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever strangers ask for in somebody's name, any link of theirs serves every right. */
class AnyRightByAnyLinkTest extends Journey {

  @Test
  void threeStrangersWithdrawalsLeaveAnErasureToTheOwner() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    for (int i = 0; i < 3; i++) {
      ada.asks("withdraw");
    }
    var own = ada.asks("erase");
    var link = ada.link();
    assertThat(tables.status(own)).isEqualTo("HELD capped");

    var page = ada.get(link).body();
    assertThat(page).contains("Withdraw my consent", "&amp;deed=erase\">Erase everything about me");
    var other = ada.get(URI.create(link + "&deed=erase")).body();
    assertThat(other).contains("Erase everything about you?", "This cannot be undone.");
    ada.presses(link, Map.of("deed", "erase"));
    host.drain(LIMIT);

    assertThat(new Records(host).isKnown(ada.address)).isFalse();
    assertThat(host.logs().get("VerifyFunction"))
        .as("counted, as it is told by few")
        .anyMatch(line -> line.contains("RequestChanged"));
  }

  @ParameterizedTest
  @CsvSource({
    "erase, access, Everything, What is held about you",
    "access, withdraw, all, Your consent is withdrawn",
    "withdraw, access, all, What is held about you",
    "withdraw, withdraw, marketing, Your consent is withdrawn"
  })
  void theDeedThatIsChosenIsDone(String typed, String deed, String purpose, String title)
      throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));
    ada.asks(typed);
    var link = ada.link();

    var choice =
        deed.equals("withdraw") ? Map.of("deed", deed, "purpose", purpose) : Map.of("deed", deed);
    var pressed = ada.presses(link, choice);
    assertThat(pressed.statusCode()).isEqualTo(303);
    assertThat(ada.presses(link, Map.of("deed", "erase")).statusCode())
        .as("one link, one press")
        .isEqualTo(200);
    host.drain(LIMIT);

    assertThat(ada.get(link).body()).contains(title);
    var record = new Records(host).of(ada.address);
    assertThat(record.withdrawals())
        .extracting(CustomerRecord.Withdrawal::purpose)
        .isEqualTo(
            deed.equals("withdraw") ? List.of(purpose.equals("all") ? "" : purpose) : List.of());
  }

  @ParameterizedTest
  @CsvSource({"forget, all", "withdraw, research", "withdraw.all, all"})
  void aDeedThatThereIsNotIsRefusedAndTheLinkLives(String deed, String purpose) throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    ada.asks("access");
    var link = ada.link();

    assertThat(ada.presses(link, Map.of("deed", deed, "purpose", purpose)).statusCode())
        .isEqualTo(422);
    assertThat(ada.presses(link).statusCode()).isEqualTo(303);
    host.drain(LIMIT);

    assertThat(ada.get(link).body()).contains("What is held about you");
  }
}
