package io.vestibule.bench.handlers;

import org.jspecify.annotations.NullUnmarked;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;

/** A post as the plain handler keeps it: a bean, as the Enhanced Client wants them. */
@DynamoDbBean
@NullUnmarked
public class PlainRow {

  private String id;
  private String createdAt;
  private SdkBytes dataKey;
  private byte[] nonce;
  private byte[] content;

  @DynamoDbPartitionKey
  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public String getCreatedAt() {
    return createdAt;
  }

  public void setCreatedAt(String createdAt) {
    this.createdAt = createdAt;
  }

  public SdkBytes getDataKey() {
    return dataKey;
  }

  public void setDataKey(SdkBytes dataKey) {
    this.dataKey = dataKey;
  }

  public byte[] getNonce() {
    return nonce;
  }

  public void setNonce(byte[] nonce) {
    this.nonce = nonce;
  }

  public byte[] getContent() {
    return content;
  }

  public void setContent(byte[] content) {
    this.content = content;
  }
}
