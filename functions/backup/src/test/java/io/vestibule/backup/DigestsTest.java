package io.vestibule.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class DigestsTest {

  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void aFileIsToldByBothChecksumsInTheirOwnForms() {
    var file = new Digests().update("abc".getBytes(UTF_8)).file("key", 1, 3, "etag");

    assertThat(file.md5()).isEqualTo("kAFQmDzST7DWlj99KOF/cg==");
    assertThat(file.sha256()).isEqualTo(SHA256_OF_ABC);
  }

  @Test
  void whatIsWrittenThroughItIsCountedToo() throws IOException {
    var digests = new Digests();
    try (var output = digests.over(OutputStream.nullOutputStream())) {
      output.write('a');
      output.write("bc".getBytes(UTF_8));
    }

    assertThat(digests.file("key", 1, 3, "etag").sha256()).isEqualTo(SHA256_OF_ABC);
  }
}
