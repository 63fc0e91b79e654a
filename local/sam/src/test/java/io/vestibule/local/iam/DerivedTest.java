package io.vestibule.local.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.template.Stack;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DerivedTest {

  private static final String LOGS = "arn:aws:logs:eu-central-1:123456789012:log-group:";

  @Test
  void lambdaReadsTheStreamKeepsWhatFailedAndWritesTheLog() {
    var stack = TestStack.with();
    var derived = new Derived(stack);

    assertThat(derived.accesses(stack.functions().getFirst()))
        .extracting(access -> access.action() + " " + access.resourceArn())
        .containsExactly(
            "logs:CreateLogStream " + LOGS + "/aws/lambda/Worker:log-stream:",
            "logs:PutLogEvents " + LOGS + "/aws/lambda/Worker:log-stream:Worker",
            "dynamodb:DescribeStream " + TestStack.STREAM,
            "dynamodb:GetRecords " + TestStack.STREAM,
            "dynamodb:GetShardIterator " + TestStack.STREAM,
            "dynamodb:ListStreams " + TestStack.STREAM,
            "s3:ListBucket arn:aws:s3:::safe",
            "s3:PutObject arn:aws:s3:::safe/aws/lambda/WorkerNotes",
            "kms:GenerateDataKey " + TestStack.TABLE_KEY);
  }

  @Test
  void whatNobodyWaitsForIsKeptUnderTheFunctionsName() {
    var stack = TestStack.withQueue(new Stack.Queue(2, Optional.of("open")));

    assertThat(new Derived(stack).accesses(stack.functions().getFirst()))
        .extracting(access -> access.action() + " " + access.resourceArn())
        .contains(
            "s3:ListBucket arn:aws:s3:::open",
            "s3:PutObject arn:aws:s3:::open/aws/lambda/async/Worker");
  }

  @Test
  void aStreamIsUnderTheKeyOfItsTable() {
    var stack = TestStack.withNotesUnder(TestStack.TABLE_KEY);

    assertThat(new Derived(stack).accesses(stack.functions().getFirst()))
        .filteredOn(access -> access.action().equals("kms:Decrypt"))
        .singleElement()
        .satisfies(
            access -> {
              assertThat(access.resourceArn()).isEqualTo(TestStack.TABLE_KEY);
              assertThat(access.values("kms:EncryptionContext:aws:dynamodb:tableName"))
                  .containsExactly("notes");
            });
  }

  @Test
  void whatIsDerivedNeedsAGrantOfTheRoleLikeAnythingElse() {
    var stack =
        TestStack.with(
            """
            {"Effect": "Allow", "Action": "logs:CreateLogStream",
             "Resource": "%s/aws/lambda/Worker:*"}
            """
                .formatted(LOGS));
    var authorizer = new Authorizer(stack);

    var accesses = new Derived(stack).accesses(stack.functions().getFirst());

    assertThat(authorizer.decide("Worker", accesses))
        .isInstanceOfSatisfying(
            Decision.Denied.class,
            denied -> assertThat(denied.missing().action()).isEqualTo("logs:PutLogEvents"));
    assertThat(authorizer.decide("Worker", accesses.subList(0, 1)))
        .isInstanceOf(Decision.Allowed.class);
    assertThat(authorizer.unused("Worker")).isEmpty();
  }
}
