package io.vestibule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.delivery.kind.PartnerServer;
import io.vestibule.local.partners.ZohoCrm;
import io.vestibule.local.partners.ZohoCrm.Organisation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everybody who is told to Zoho, by its limits: what it takes there, and of AWS. */
@Tag("slow")
class ManyLeadsTest {

  /** A build has fewer: {@code -Dvestibule.leads=10000} is what it is meant for. */
  private static final int PEOPLE = Integer.getInteger("vestibule.leads", 20);

  private static final int HEAP_MEGABYTES = 128;

  @Test
  void eachTakesTwoCallsAndACreditThereAndElevenCallsOfAwsOneOfThemOfKms(@TempDir Path folder)
      throws Exception {
    var targets = Files.createDirectory(folder.resolve("targets"));
    try (var server = new PartnerServer();
        var office = new Office(targets)) {
      var organisation = new Organisation("1000.C", "s3cret", "1000.r", server.url().toString());
      var crm = new ZohoCrm(organisation, office.clock);
      server.be(crm::answer);
      office.target(
          "crm",
          """
          {"kind": "zoho", "zoho": {"dataCentre": "eu", "here": "%s",
             "constants": {"Company": "-"}},
           "fields": {"email": "Email", "name": "Last_Name", "message": "Description"}%s}
          """
              .formatted(server.url(), Office.GROUND));
      office.secret(
          "crm",
          "{\"client\": \"1000.C\", \"clientSecret\": \"s3cret\", \"refreshToken\": \"1000.r\"}");
      assertThat(Stream.generate(office::handsIn).limit(PEOPLE)).hasSize(PEOPLE);

      crm.allow(PEOPLE);
      office.advance(Duration.ofMinutes(2));
      var taken = DeliveryProcess.run(office, targets, folder, HEAP_MEGABYTES);

      System.out.printf("%d people: %s%n", PEOPLE, taken);
      assertThat(crm.records("Leads")).hasSize(PEOPLE);
      assertThat(crm.used()).isEqualTo(PEOPLE);
      // Besides: tokens.
      assertThat(server.calls()).hasSizeBetween(2 * PEOPLE + 1, 2 * PEOPLE + 1 + PEOPLE / 1_000);
      // Besides: the lane's pages, its lease and its token, and the keys of each environment.
      assertThat(taken.allCalls()).isBetween(11L * PEOPLE, 11L * PEOPLE + PEOPLE / 10 + 40);
      assertThat(taken.calls().get("Decrypt"))
          .isBetween((long) PEOPLE, PEOPLE + PEOPLE / 100 + 10L);
    }
  }
}
