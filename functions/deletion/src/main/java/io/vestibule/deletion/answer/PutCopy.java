package io.vestibule.deletion.answer;

import io.vestibule.core.CopyCipher;
import io.vestibule.core.DataCopy;
import io.vestibule.store.people.Disclosures;
import io.vestibule.store.rows.ConfirmedRequests;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts a copy where its page finds it, in parts, encrypted so that only the person's link opens it.
 */
public final class PutCopy {

  /** An item of DynamoDB holds 400 KB. */
  private static final int PART_BYTES = 256 * 1024;

  private final Disclosures disclosures;
  private final SecureRandom random;

  public PutCopy(Disclosures disclosures, SecureRandom random) {
    this.disclosures = disclosures;
    this.random = random;
  }

  /**
   * Puts a copy there, over what an attempt before has put.
   *
   * @param now from when on it is kept, for {@link ConfirmedRequests#COPY_KEPT}
   */
  void put(Confirmed request, DataCopy copy, Instant now) {
    disclosures.put(
        request.request().row().id(),
        encrypted(request, copy.toJson()),
        now.plus(ConfirmedRequests.COPY_KEPT));
  }

  private List<byte[]> encrypted(Confirmed request, byte[] copy) {
    var row = request.request().row();
    var cipher = new CopyCipher(request.press().token(), row.id());
    int parts = Math.ceilDiv(copy.length, PART_BYTES);
    var encrypted = new ArrayList<byte[]>();
    for (int part = 0; part < parts; part++) {
      int end = Math.min(copy.length, (part + 1) * PART_BYTES);
      var plaintext = Arrays.copyOfRange(copy, part * PART_BYTES, end);
      encrypted.add(cipher.encrypt(plaintext, part, parts, random));
    }
    return encrypted;
  }
}
