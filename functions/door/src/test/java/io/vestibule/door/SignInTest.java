package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {

  @Test
  void whatACookieHasIsWhatWasBegun() {
    var signIn = SignIn.begin("/staff/new?state=done&lang=de");

    assertThat(SignIn.read(signIn.text())).contains(signIn);
    assertThat(signIn.to()).isEqualTo("/staff/new?state=done&lang=de");
    assertThat(signIn.isOf(signIn.state())).isTrue();
    assertThat(signIn.isOf("")).isFalse();
    assertThat(SignIn.begin("/staff/").state()).isNotEqualTo(signIn.state());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "https://evil.example/staff/",
        "//evil.example/staff/",
        "/staff",
        "/staffx/",
        "/staff/\\evil.example",
        "/staff//evil.example",
        "/staff/\r\nSet-Cookie: a=b",
        "/staff/new?to=https://evil.example",
        "/staff/sign-out",
        "/staff/sign-out?lang=de",
        "/staff/signed-out",
        "javascript:alert(1)"
      })
  void afterASignInNobodyLandsElsewhere(String to) {
    assertThat(SignIn.page(to)).isEqualTo("/staff/");
    assertThat(SignIn.begin(to).to()).isEqualTo("/staff/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~~~", "a~b~c", "a~b~c~!", "a~b~c~d~e"})
  void anotherCookieIsNoneOfOurs(String cookie) {
    assertThat(SignIn.read(cookie)).isEmpty();
  }
}
