package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import io.vestibule.core.Json;
import io.vestibule.core.wording.Wordings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** An attack: a list of as many values as a body has room for. */
class HugeListTest {

  private static final int ITEMS = 32_000;
  private static final int CHOICES = 20;

  /** So that a sentence with all of them is worth counting. */
  private static final String LABEL = "A choice that is called by a long name. ".repeat(25);

  private static final long MOST_BYTES = 200L << 20;

  @Test
  void eachFieldsErrorIsWordedOnceHoweverManyOfItsValuesAreWrong() throws IOException {
    var entry = Entry.of(entered("nothing"));
    var form = form();
    var english = new Wordings().of("en");
    form.check(entry, english, Instant.EPOCH);

    var bytes = allocatedBy(() -> form.check(entry, english, Instant.EPOCH));

    assertThat(bytes).isLessThan(MOST_BYTES);
    assertThat(form.check(entry, english, Instant.EPOCH)).isInstanceOf(Checked.Rejected.class);
  }

  @Test
  void moreThanThereAreToChooseFromStayInTheOrderInWhichTheyCame() throws IOException {
    var few = Json.MAPPER.createObjectNode();
    few.putArray("topics").add("c2").add("c1");

    assertThat(VisibleFields.of(form(), few).path("topics"))
        .isEqualTo(Json.MAPPER.createArrayNode().add("c1").add("c2"));

    var many = entered("c2");
    many.withArray("topics").add("c1");
    assertThat(VisibleFields.of(form(), many)).isEqualTo(many);
  }

  private static ObjectNode entered(String value) {
    var entered = Json.MAPPER.createObjectNode().put("email", "ada@example.com");
    var list = entered.putArray("topics");
    for (int i = 0; i < ITEMS; i++) {
      list.add(value);
    }
    return entered;
  }

  private static Form form() throws IOException {
    var form = (ObjectNode) Json.MAPPER.readTree(Definitions.text("contact"));
    ((ObjectNode) form.at("/schema")).putArray("required").add("email");
    var topics = ((ObjectNode) form.at("/schema/properties")).putObject("topics");
    topics.put("type", "array").put("uniqueItems", true);
    var choices = topics.putObject("items").putArray("enum");
    var field = ((ObjectNode) form.at("/fields")).putObject("topics");
    field.put("autocomplete", "off").putObject("label").put("en", "Topics");
    var options = field.putObject("options");
    for (int i = 1; i <= CHOICES; i++) {
      choices.add("c" + i);
      options.putObject("c" + i).put("en", LABEL);
    }
    return new Forms().read("contact", form);
  }

  private static long allocatedBy(Supplier<Checked> what) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    var _ = what.get();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
