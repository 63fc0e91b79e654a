package io.vestibule.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MoneyTest {

  private static final Path PAPERS = Path.of("..", "docs", "costs.md");

  @Test
  void theServicesOfThePapersAddUpToWhatTheySay() throws Exception {
    var money = Money.read(PAPERS);

    assertThat(money.costs()).hasSize(6);
    assertThat(money.mail()).isPositive();
    assertThat(Files.readString(PAPERS))
        .contains(
            "| **together** | | | **$%.0f** |".formatted(money.mail() + money.everythingElse()));
  }
}
