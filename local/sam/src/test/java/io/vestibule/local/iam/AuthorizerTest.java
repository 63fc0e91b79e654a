package io.vestibule.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.vestibule.local.iam.Decision.Allowed;
import io.vestibule.local.iam.Decision.Denied;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerTest {

  private static final Access PUT_NOTE = new Access("dynamodb:PutItem", TestStack.TABLES + "notes");
  private static final Access GET_NOTE = new Access("dynamodb:GetItem", TestStack.TABLES + "notes");

  @ParameterizedTest(name = "{0} on {1} covers a PutItem: {2}")
  @CsvSource({
    "dynamodb:PutItem, arn:aws:dynamodb:eu-central-1:123456789012:table/notes, true",
    "DynamoDB:putitem, arn:aws:dynamodb:eu-central-1:123456789012:table/notes, true",
    "dynamodb:*,       arn:aws:dynamodb:eu-central-1:123456789012:table/notes, true",
    "dynamodb:Put*,    arn:aws:dynamodb:*:*:table/*, true",
    "dynamodb:Pu?Item, arn:aws:dynamodb:eu-central-1:123456789012:table/note?, true",
    "*,                *, true",
    "dynamodb:Get*,    *, false",
    "kms:*,            *, false",
    "dynamodb:PutItem, arn:aws:dynamodb:eu-central-1:123456789012:table/NOTES, false",
    "dynamodb:PutItem, arn:aws:dynamodb:eu-central-1:123456789012:table/note, false",
    "dynamodb:PutItem, arn:aws:dynamodb:eu-central-1:123456789012:table/notes/index/*, false",
    "dynamodb.PutItem, *, false",
  })
  void actionsIgnoreCaseAndResourcesDoNot(String action, String resource, boolean allowed) {
    var authorizer = new Authorizer(TestStack.with(allow("A", action, resource)));

    assertThat(authorizer.decide("Worker", List.of(PUT_NOTE)) instanceof Allowed)
        .isEqualTo(allowed);
  }

  @Test
  void withoutAGrantItNamesTheMissingAccessAsAwsDoes() {
    var authorizer = new Authorizer(TestStack.with(allow("Write", "dynamodb:PutItem", "*")));

    assertThat(authorizer.decide("Worker", List.of(PUT_NOTE, GET_NOTE)))
        .asInstanceOf(type(Denied.class))
        .isEqualTo(
            new Denied(
                GET_NOTE,
                "User: arn:aws:sts::123456789012:assumed-role/WorkerRole/Worker is not authorized"
                    + " to perform: dynamodb:GetItem on resource:"
                    + " arn:aws:dynamodb:eu-central-1:123456789012:table/notes because no"
                    + " identity-based policy allows the dynamodb:GetItem action"));
  }

  @Test
  void anExplicitDenyWinsWhereverItStands() {
    String deny =
        """
        {"Effect": "Deny", "Action": "dynamodb:Put*", "Resource": "*"}
        """;

    for (var stack :
        List.of(
            TestStack.with(deny, TestStack.ALLOW_ALL), TestStack.with(TestStack.ALLOW_ALL, deny))) {
      var authorizer = new Authorizer(stack);
      assertThat(message(authorizer.decide("Worker", List.of(PUT_NOTE))))
          .endsWith("with an explicit deny in an identity-based policy");
      assertThat(authorizer.decide("Worker", List.of(GET_NOTE))).isInstanceOf(Allowed.class);
    }
  }

  @Test
  void operatorsMayDoEverything() {
    var authorizer = new Authorizer(TestStack.with());

    assertThat(authorizer.isFunction("Worker")).isTrue();
    assertThat(authorizer.isFunction("operator")).isFalse();
    assertThat(authorizer.decide("operator", List.of(PUT_NOTE))).isInstanceOf(Allowed.class);
  }

  @Test
  void aKeysPolicyMustLeaveItToTheAccount() {
    var decrypt =
        new Access(
            "kms:Decrypt", TestStack.KEYSET_KEY, Map.of("kms:EncryptionContext:use", List.of("x")));
    String elsewhere =
        """
        {"Statement": {"Effect": "Allow", "Principal": {"Service": "ses.amazonaws.com"},
         "Action": "kms:*", "Resource": "*"}}
        """;

    assertThat(
            new Authorizer(TestStack.with(TestStack.ALLOW_ALL)).decide("Worker", List.of(decrypt)))
        .isInstanceOf(Allowed.class);
    assertThat(
            message(
                new Authorizer(TestStack.withKeyPolicy(elsewhere, TestStack.ALLOW_ALL))
                    .decide("Worker", List.of(decrypt))))
        .endsWith("because no resource-based policy allows the kms:Decrypt action");
  }

  @Test
  void aKeysPolicyMayDenyWhatTheRoleAllows() {
    var authorizer = new Authorizer(TestStack.with(TestStack.ALLOW_ALL));
    var withoutUse =
        new Access(
            "kms:Decrypt", TestStack.KEYSET_KEY, Map.of("kms:EncryptionContext:us", List.of("x")));

    assertThat(message(authorizer.decide("Worker", List.of(withoutUse))))
        .endsWith("with an explicit deny in a resource-based policy");
  }

  @Test
  void contextKeysThatDifferInCaseOnlyMustBothFit() {
    var authorizer =
        new Authorizer(
            TestStack.with(
                """
                {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
                 "Condition": {"StringEquals": {"kms:EncryptionContext:use": "link"}}}
                """));
    var both =
        Map.of(
            "kms:EncryptionContext:use", List.of("customer"),
            "kms:EncryptionContext:Use", List.of("link"));

    assertThat(
            authorizer.decide(
                "Worker", List.of(new Access("kms:Decrypt", TestStack.KEYSET_KEY, both))))
        .isInstanceOf(Denied.class);
  }

  @Test
  void aKeyThatIsNotTheStacksIsNobodys() {
    var authorizer = new Authorizer(TestStack.with(TestStack.ALLOW_ALL));

    assertThat(authorizer.decide("Worker", List.of(new Access("kms:Decrypt", "*"))))
        .isInstanceOf(Denied.class);
  }

  @Test
  void theLedgerTellsWhichGrantsWereNeeded() {
    var authorizer =
        new Authorizer(
            TestStack.with(
                """
                {"Sid": "Notes", "Effect": "Allow",
                 "Action": ["dynamodb:GetItem", "dynamodb:PutItem"],
                 "Resource": ["%1$snotes", "%1$ssecrets"]}
                """
                    .formatted(TestStack.TABLES)));

    authorizer.decide("Worker", List.of(PUT_NOTE));

    assertThat(authorizer.unused("Worker"))
        .extracting(Grant::toString)
        .containsExactly(
            "Worker: dynamodb:GetItem on " + TestStack.TABLES + "notes (Notes)",
            "Worker: dynamodb:GetItem on " + TestStack.TABLES + "secrets (Notes)",
            "Worker: dynamodb:PutItem on " + TestStack.TABLES + "secrets (Notes)");
  }

  @Test
  void aDeniedRequestNeededNothing() {
    var authorizer = new Authorizer(TestStack.with(allow("Write", "dynamodb:PutItem", "*")));

    authorizer.decide("Worker", List.of(PUT_NOTE, GET_NOTE));

    assertThat(authorizer.unused("Worker")).isEqualTo(authorizer.grants("Worker")).hasSize(1);
  }

  @Test
  void aGrantThatAnotherAlreadyCoversIsSpare() {
    var authorizer =
        new Authorizer(
            TestStack.with(
                allow("First", "dynamodb:PutItem", "*"), allow("Second", "dynamodb:Put*", "*")));

    authorizer.decide("Worker", List.of(PUT_NOTE));

    assertThat(authorizer.unused("Worker")).extracting(Grant::statement).containsExactly("Second");
  }

  @Test
  void theLedgerTellsWhichColumnsWereNotNamed() {
    var authorizer =
        new Authorizer(
            TestStack.with(
                """
                {"Sid": "Mark", "Effect": "Allow", "Action": "dynamodb:UpdateItem",
                 "Resource": "*",
                 "Condition": {
                  "ForAllValues:StringEquals": {"dynamodb:Attributes": ["id", "status", "spare"]},
                  "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["a#*", "b#*"]},
                  "StringEqualsIfExists": {"dynamodb:ReturnValues": "NONE"}}}
                """));
    var attributes = List.of("id", "status");
    var update =
        new Access(
            "dynamodb:UpdateItem",
            TestStack.TABLES + "notes",
            Map.of("dynamodb:Attributes", attributes, "dynamodb:LeadingKeys", List.of("a#1")));

    authorizer.decide("Worker", List.of(update));

    assertThat(authorizer.unused("Worker")).isEmpty();
    assertThat(authorizer.unusedValues("Worker"))
        .extracting(GrantedValue::toString)
        .containsExactly(
            "Worker: dynamodb:Attributes spare (Mark)", "Worker: dynamodb:LeadingKeys b#* (Mark)");
  }

  @Test
  void aFunctionThatIsNotThereHasNoLedger() {
    var authorizer = new Authorizer(TestStack.with());

    assertThatThrownBy(() -> authorizer.unused("Wroker")).hasMessage("no function Wroker");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Effect': 'Allow', 'NotAction': 'dynamodb:*', 'Resource': '*'}",
        "{'Effect': 'Allow', 'Action': '*', 'NotResource': 'arn'}",
        "{'Effect': 'allow', 'Action': '*', 'Resource': '*'}",
        "{'Effect': 'Allow', 'Action': '*'}",
        "{'Effect': 'Allow', 'Resource': '*'}",
        "{'Effect': 'Allow', 'Action': '*', 'Resource': {'Ref': 'Table'}}",
        "{'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:s3:::${aws:userid}'}",
        "{'Effect': 'Allow', 'Action': '*', 'Resource': '*',"
            + " 'Condition': {'DateLessThan': {'aws:CurrentTime': '2030'}}}",
      })
  void refusesAStatementThatItCannotCarryOut(String statement) {
    var stack = TestStack.with(statement.replace('\'', '"'));

    assertThatThrownBy(() -> new Authorizer(stack))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("WorkerRole, statement 1: ");
  }

  @Test
  void refusesAKeyPolicyThatSinglesOutARole() {
    var stack =
        TestStack.withKeyPolicy(
            """
            {"Statement": [{"Effect": "Deny", "Action": "kms:*", "Resource": "*",
             "Principal": {"AWS": "arn:aws:iam::123456789012:role/other"}}]}
            """);

    assertThatThrownBy(() -> new Authorizer(stack))
        .hasMessage(
            "KeysetKey, statement 1: unsupported principal"
                + " arn:aws:iam::123456789012:role/other");
  }

  private static String message(Decision decision) {
    return assertThat(decision).asInstanceOf(type(Denied.class)).actual().message();
  }

  private static String allow(String sid, String action, String resource) {
    return """
    {"Sid": "%s", "Effect": "Allow", "Action": "%s", "Resource": "%s"}
    """
        .formatted(sid, action, resource);
  }
}
