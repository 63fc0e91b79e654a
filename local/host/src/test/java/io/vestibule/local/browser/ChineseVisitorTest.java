package io.vestibule.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import io.vestibule.core.CustomerRecord;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Records;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody's whole way in Chinese, from the form to the stored customer. */
class ChineseVisitorTest extends BrowserJourney {

  /** From right to left, with a mark that joins two letters; and a family of five code points. */
  private static final String NAME = "عائشة می‌خواهم 👩‍👩‍👧";

  private static final String MESSAGE = "您好！\n我想预约 🏮\n«שלום»";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasTypedArrivesIntact(boolean scripts) throws Exception {
    var wei = new Person(host, "wei-%s@例子.中国".formatted(scripts));
    var mailbox = new Person(host, "wei-%s@xn--fsqu00a.xn--fiqs8s".formatted(scripts));
    try (var window =
        window(new NewContextOptions().setLocale("zh-CN").setJavaScriptEnabled(scripts))) {
      window.opens("/forms/contact");
      window.page.getByLabel("邮箱").fill(wei.address);
      window.page.getByLabel("姓名").fill(NAME);
      window.page.getByLabel("留言").fill(MESSAGE);
      window.page.getByLabel("我同意").check();
      window.presses("text=提交");
      assertThat(window.text()).contains("还差一步").contains(wei.address);

      var link = mailbox.link();
      window.page.navigate(link.toString());
      assertThat(window.page.title()).startsWith("尚未确认");
      assertThat(window.text()).contains("您的留言尚未提交");
      window.presses("text=确认，并同意");
      assertThat(window.text()).contains("已确认");
      assertThat(window.complaints()).isEmpty();
    }
    host.drain(LIMIT);

    assertThat(new Records(host).values(mailbox.address))
        .containsAllEntriesOf(Map.of("name", NAME, "message", MESSAGE, "email", wei.address));
    assertThat(new Records(host).of(mailbox.address).consents())
        .extracting(CustomerRecord.Consent::language)
        .containsExactly("zh-Hans");
  }
}
