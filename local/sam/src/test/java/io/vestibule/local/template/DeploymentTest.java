package io.vestibule.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is carried out without any AWS service: order, roles, functions, names. */
class DeploymentTest {

  private static final Target TARGET = new Target("us-east-1", "000000000000", "vestibule");

  private static final String LAMBDA_ROLE =
      """
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
            Policies:
              - PolicyName: inline
                PolicyDocument: {Statement: [{Effect: Allow, Action: logs:PutLogEvents, Resource: !GetAtt Logs.Arn}]}
        Logs:
          Type: AWS::Logs::LogGroup
          Properties: {LogGroupName: !Sub "/vestibule/${AWS::StackName}", RetentionInDays: 30}
      """;

  @Test
  void aFunctionIsDescribedWithItsRoleEnvironmentAndEvents() {
    Stack stack =
        deploy(
            """
            Resources:
              Api: {Type: AWS::Serverless::HttpApi}
              Function:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: function.zip
                  Handler: io.vestibule.intake.IntakeHandler::handleRequest
                  Timeout: 10
                  MemorySize: 512
                  Role: !GetAtt Role.Arn
                  Environment: {Variables: {NAME: !Ref Role, CAP: 3, LOGS: !Ref Logs}}
                  Events:
                    Form: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: "/forms/{form}", Method: any}}
                    Post: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /forms, Method: post}}
                    Else: {Type: HttpApi, Properties: {ApiId: !Ref Api}}
                    Daily: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day), OmitName: true, Input: '{"a":1}'}}
                    Hourly: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 hour)}}
            """
                + LAMBDA_ROLE);

    assertThat(stack.region()).isEqualTo("us-east-1");
    assertThat(stack.account()).isEqualTo("000000000000");
    Stack.Lambda function = stack.functions().getFirst();
    assertThat(function.handler()).isEqualTo("io.vestibule.intake.IntakeHandler");
    assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(function.memoryMegabytes()).isEqualTo(512);
    assertThat(function.environment())
        .containsExactly(
            Map.entry("NAME", "vestibule-Role"),
            Map.entry("CAP", "3"),
            Map.entry("LOGS", "/vestibule/vestibule"));
    assertThat(function.routes())
        .containsExactly(
            new Stack.Route("Api", "ANY", "/forms/{form}"),
            new Stack.Route("Api", "POST", "/forms"),
            new Stack.Route("Api", "ANY", "$default"));
    assertThat(function.schedules())
        .containsExactly(
            new Stack.Schedule("FunctionDaily", "rate(1 day)", "{\"a\":1}"),
            new Stack.Schedule("FunctionHourly", "rate(1 hour)", "{}"));
    assertThat(function.role().logicalId()).isEqualTo("Role");
    assertThat(function.role().policies())
        .extracting(policy -> policy.at("/Statement/0/Resource").asText())
        .containsExactly("arn:aws:logs:us-east-1:000000000000:log-group:/vestibule/vestibule:*");
  }

  @Test
  void aFunctionMayBeCalledByARuleAndHaveItsFailuresRetried() {
    Stack stack =
        deploy(
            """
            Resources:
              Function:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: function.zip
                  Handler: io.vestibule.mail.MailFeedbackHandler
                  Role: !GetAtt Role.Arn
                  EventInvokeConfig: {MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60}
                  Events:
                    Bounces:
                      Type: EventBridgeRule
                      Properties:
                        Pattern: {source: [aws.ses], detail: {role: [!Ref Role]}}
                        InputTransformer: {InputPathsMap: {a: $.detail.a}, InputTemplate: '{"a":<a>}'}
            """
                + LAMBDA_ROLE);

    Stack.Lambda function = stack.functions().getFirst();
    assertThat(function.queue()).isEqualTo(new Stack.Queue(1, Optional.empty()));
    assertThat(function.rules())
        .singleElement()
        .returns("FunctionBounces", Stack.Rule::logicalId)
        .returns(Map.of("a", "$.detail.a"), Stack.Rule::paths)
        .returns("{\"a\":<a>}", Stack.Rule::inputTemplate)
        .satisfies(
            rule ->
                assertThat(rule.pattern().toString())
                    .isEqualTo(
                        "{\"source\":[\"aws.ses\"],\"detail\":{\"role\":[\"vestibule-Role\"]}}"));
  }

  @Test
  void whatAFunctionLeavesUnsaidIsAsLambdaHasIt() {
    Stack stack = deploy("Resources:\n" + function("F", "") + LAMBDA_ROLE);

    assertThat(stack.functions().getFirst())
        .returns(Duration.ofSeconds(3), Stack.Lambda::timeout)
        .returns(128, Stack.Lambda::memoryMegabytes)
        .returns(Map.of(), Stack.Lambda::environment)
        .returns(Stack.Queue.OF_LAMBDA, Stack.Lambda::queue);
  }

  @Test
  void policiesAreAttachedToTheirRoleHoweverTheyAreWritten() {
    Stack stack =
        deploy(
            """
            Resources:
            """
                + function("F", "")
                + """
                  Later:
                    Type: AWS::IAM::Policy
                    Properties: {PolicyName: later, Roles: [!Ref Role], PolicyDocument: {Id: policy}}
                  Managed:
                    Type: AWS::IAM::ManagedPolicy
                    Properties: {Roles: [!Ref Role], PolicyDocument: {Id: managed}}
                """
                + LAMBDA_ROLE);

    assertThat(stack.functions().getFirst().role().policies())
        .extracting(policy -> policy.path("Id").asText())
        .containsExactly("", "policy", "managed");
  }

  @Test
  void aManagedPolicyOfTheTemplateCanBeNamedByARole() {
    Stack stack =
        deploy(
            """
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties:
                  ManagedPolicyArns: [!Ref Managed]
                  AssumeRolePolicyDocument:
                    Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com]}, Action: [sts:AssumeRole]}]
              Managed: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Id: managed}}}
            """
                + function("F", ""));

    assertThat(stack.functions().getFirst().role().policies())
        .extracting(policy -> policy.path("Id").asText())
        .containsExactly("managed");
  }

  @Test
  void aCustomResourceNamesItsFunctionAndHasTextsOnly() {
    Stack stack =
        deploy(
            """
            Resources:
              Keys:
                Type: Custom::Keys
                Properties: {ServiceToken: !GetAtt F.Arn, ServiceTimeout: 120, Names: [1, true, {a: b}]}
              Plain:
                Type: AWS::CloudFormation::CustomResource
                Properties: {ServiceToken: !GetAtt F.Arn}
            """
                + function("F", "")
                + LAMBDA_ROLE);

    assertThat(stack.customResources())
        .extracting(Stack.CustomResource::type)
        .containsExactly("Custom::Keys", "AWS::CloudFormation::CustomResource");
    assertThat(stack.customResources().getFirst().functionLogicalId()).isEqualTo("F");
    assertThat(stack.customResources().getFirst().properties())
        .hasToString(
            "{\"ServiceToken\":\"arn:aws:lambda:us-east-1:000000000000:function:vestibule-F\","
                + "\"ServiceTimeout\":\"120\",\"Names\":[\"1\",\"true\",{\"a\":\"b\"}]}");
  }

  @Test
  void aResourceWhoseConditionIsFalseDoesNotExist() {
    var yaml =
        """
        Parameters: {Wanted: {Type: String}}
        Conditions: {IsWanted: !Equals [!Ref Wanted, 'yes']}
        Resources:
        """
            + function("F", "Condition: IsWanted")
            + LAMBDA_ROLE;

    assertThat(deploy(yaml, Map.of("Wanted", "yes")).functions()).hasSize(1);
    assertThat(deploy(yaml, Map.of("Wanted", "no")).functions()).isEmpty();
  }

  @Test
  void aBranchThatIsNotTakenIsNoDependency() {
    Stack stack =
        deploy(
            """
            Conditions: {Never: !Equals [a, b]}
            Resources:
              A: {Type: AWS::SNS::Topic, DependsOn: B, Properties: {TopicName: !If [Never, !Ref B, a]}}
              B: {Type: AWS::SNS::Topic, Condition: Never, Properties: {TopicName: !GetAtt A.TopicName}}
            Outputs:
              Here: {Value: !Ref A}
              NotHere: {Condition: Never, Value: !Ref B}
            """);

    assertThat(stack.functions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref A}}"
            + "| Resources/A/Properties/TopicName/Ref: a circle: A → A",
        "A: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt B.TopicName}},"
            + "B: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub '${C}'}},"
            + "C: {Type: AWS::SNS::Topic, DependsOn: [A]}"
            + "| Resources/C/DependsOn: a circle: A → B → C → A",
        "A: {Type: AWS::SNS::Topic, DependsOn: B}" + "| Resources/A/DependsOn: nothing is named B",
        "A: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt B.Name}}, B: {Type: AWS::SNS::Topic}"
            + "| Resources/A/Properties/TopicName/Fn::GetAtt: B has no Name, only [TopicArn, TopicName]",
        "A: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref B}}, B: {Type: AWS::SNS::Topic, Condition: Never}"
            + "| Resources/A/Properties/TopicName/Ref: B does not exist: its condition is false",
        "A: {Type: AWS::SNS::Topick}" + "| Resources/A/Type: AWS::SNS::Topick is not known here",
        "A: {Type: AWS::Serverless::HttpApi, Properties: {CorsConfiguration: {}}}"
            + "| Resources/A/Properties/CorsConfiguration: is not known here",
      })
  void whatCannotBeCarriedOutIsNamedWithItsPlace(String resources, String message) {
    assertThatThrownBy(
            () -> deploy("Conditions: {Never: !Equals [a, b]}\nResources: {" + resources + "}"))
        .isInstanceOf(TemplateException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Layers: [x]                        | Layers: is not known here",
        "Policies: [AWSLambdaBasicExecutionRole] | Policies: is not known here",
        "Handler: x.Y::other                | Handler: only handleRequest is called in a local run",
        "Role: arn:aws:iam::1:role/admin    | Role: arn:aws:iam::1:role/admin is no role of this template",
        "Role: !GetAtt Other.Arn            | Role: arn:aws:iam::000000000000:role/vestibule-Other cannot be assumed by lambda.amazonaws.com",
        "Timeout: long                      | Timeout: is not a whole number",
        "Environment: {Variables: {A: [1]}} | Environment/Variables/A: is not a single value",
        "Events: {E: {Type: SQS}}           | Events/E/Type: is not known here",
        "Events: {E: {Type: HttpApi, Properties: {Path: x}}} | Events/E/Properties/Path: does not begin with /",
        "Events: {E: {Type: HttpApi, Properties: {Auth: {}}}} | Events/E/Properties/Auth: is not known here",
        "Events: {E: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day), ScheduleExpressionTimezone: Europe/Berlin}}} | Events/E/Properties/ScheduleExpressionTimezone: can only be “UTC” in a local run",
        "Events: {E: {Type: DynamoDB, Properties: {StartingPosition: LATEST}}} | Events/E/Properties/StartingPosition: only TRIM_HORIZON loses nothing",
        "Events: {E: {Type: DynamoDB, Properties: {StartingPosition: TRIM_HORIZON, Stream: arn:x}}} | Events/E/Properties/Stream: arn:x is no stream of this template",
      })
  void aFunctionThatCannotRunAsWrittenIsRefused(String property, String message) {
    String name = property.substring(0, property.indexOf(':'));
    String yaml =
        function("F", "")
                .lines()
                .filter(line -> !line.strip().startsWith(name + ":"))
                .reduce("", (before, line) -> before + line + "\n")
            + "      "
            + property
            + "\n  Other: {Type: AWS::IAM::Role}\n";

    assertThatThrownBy(() -> deploy("Resources:\n" + yaml + LAMBDA_ROLE))
        .isInstanceOf(TemplateException.class)
        .hasMessage("Resources/F/Properties/" + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X: {Type: Custom::X, Properties: {ServiceToken: arn:y}}"
            + "| Resources/X/Properties/ServiceToken: arn:y is no function of this template",
        "R: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]}}"
            + "| Resources/R/Properties/ManagedPolicyArns: arn:aws:iam::aws:policy/AdministratorAccess is no policy of this template",
        "P: {Type: AWS::IAM::Policy, Properties: {PolicyName: p, Roles: [r], PolicyDocument: {}}}"
            + "| Resources/P/Properties/Roles: r is no role of this template",
        "P: {Type: AWS::IAM::Policy, Properties: {PolicyName: p}}"
            + "| Resources/P/Properties/PolicyDocument: is missing",
      })
  void whatNamesSomethingThatIsNotInTheTemplateIsRefused(String resource, String message) {
    assertThatThrownBy(() -> deploy("Resources: {" + resource + "}"))
        .isInstanceOf(TemplateException.class)
        .hasMessage(message);
  }

  @Test
  void aCustomResourceHasNoNameBeforeItsFunctionHasAnswered() {
    var yaml =
        """
        Resources:
          Keys: {Type: Custom::Keys, Properties: {ServiceToken: !GetAtt F.Arn}}
          Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Keys}}
        """
            + function("F", "")
            + LAMBDA_ROLE;

    assertThatThrownBy(() -> deploy(yaml))
        .isInstanceOf(TemplateException.class)
        .hasMessageEndingWith("Keys has no name before the stack is up");
  }

  @Test
  void anOutputThatLeadsNowhereIsRefused() {
    assertThatThrownBy(() -> deploy("Outputs: {Url: {Value: !Ref Gone}}"))
        .isInstanceOf(TemplateException.class)
        .hasMessage("Outputs/Url/Value/Ref: nothing is named Gone");
  }

  private static String function(String logicalId, String attribute) {
    return """
      %s:
        Type: AWS::Serverless::Function
        %s
        Properties:
          Handler: x.Y
          Role: !GetAtt Role.Arn
    """
        .formatted(logicalId, attribute)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce("", (before, line) -> before + line + "\n");
  }

  private static Stack deploy(String yaml) {
    return deploy(yaml, Map.of());
  }

  /** No service is there, and none is asked. */
  private static Stack deploy(String yaml, Map<String, String> parameters) {
    try (var nobody = Operator.at(URI.create("http://127.0.0.1:1"), TARGET.region())) {
      return Deployment.deploy(Template.parse(yaml), parameters, TARGET, nobody);
    }
  }
}
