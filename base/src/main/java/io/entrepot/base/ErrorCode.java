// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import static io.entrepot.base.ErrorCategory.CALLER;
import static io.entrepot.base.ErrorCategory.CONFLICT;
import static io.entrepot.base.ErrorCategory.EXTERNAL;
import static io.entrepot.base.ErrorCategory.INTEGRITY;
import static io.entrepot.base.ErrorCategory.INTERNAL;
import static io.entrepot.base.ErrorCategory.RESOURCES;
import static io.entrepot.base.RetryAdvice.AFTER_CHANGE;
import static io.entrepot.base.RetryAdvice.NEVER;
import static io.entrepot.base.RetryAdvice.SOON;

/**
 * The one catalogue of what can go wrong. Names are stable: clients and scripts rely on them.
 *
 * <p>Each family renders a code in its own words; the category and the advice are the same for all.
 */
public enum ErrorCode {
  BAD_REQUEST(CALLER, NEVER),
  INVALID_FIELD(CALLER, NEVER),
  UNAUTHENTICATED(CALLER, AFTER_CHANGE),
  /** No credential was sent, and nobody is signed in whom the caller could count as. */
  NOBODY_SIGNED_IN(CALLER, AFTER_CHANGE),
  /** The session that a credential stands for is none any more, or never was one. */
  SESSION_EXPIRED(CALLER, AFTER_CHANGE),
  FORBIDDEN(CALLER, AFTER_CHANGE),
  NOT_FOUND(CALLER, NEVER),
  METHOD_NOT_ALLOWED(CALLER, NEVER),
  NOT_ACCEPTABLE(CALLER, NEVER),
  UNSUPPORTED_MEDIA_TYPE(CALLER, NEVER),
  TOO_LARGE(CALLER, NEVER),
  RANGE_NOT_SATISFIABLE(CALLER, NEVER),
  TOO_MANY_REQUESTS(CALLER, SOON),
  PATH_REFUSED(CALLER, NEVER),
  NAME_REFUSED(CALLER, NEVER),
  NOT_SUPPORTED(CALLER, NEVER),
  /** Another request was sent with the key under which this one is to have one effect. */
  IDEMPOTENCY_KEY_REUSED(CALLER, NEVER),

  CONFLICT_STATE(CONFLICT, AFTER_CHANGE),
  ALREADY_EXISTS(CONFLICT, AFTER_CHANGE),
  DISABLED(CONFLICT, AFTER_CHANGE),
  IN_USE(CONFLICT, AFTER_CHANGE),
  /** It became another version while it was read. */
  SOURCE_CHANGED(CONFLICT, SOON),
  /** It holds other bytes than are on record, though it looks the same. */
  SOURCE_DIFFERS(CONFLICT, SOON),
  FENCED(CONFLICT, NEVER),
  CANCELLED(CONFLICT, NEVER),
  INTERRUPTED(CONFLICT, SOON),
  /** The first request with this key is still being carried out. */
  IDEMPOTENCY_KEY_IN_USE(CONFLICT, SOON),

  CHECKSUM_MISMATCH(INTEGRITY, NEVER),
  /** A copy that was proved is gone, or is not as long as it was. */
  COPY_LOST(INTEGRITY, NEVER),
  LEDGER_BROKEN(INTEGRITY, NEVER),

  STORE_FULL(RESOURCES, AFTER_CHANGE),
  STORE_READ_ONLY(RESOURCES, AFTER_CHANGE),
  TIMED_OUT(RESOURCES, SOON),
  OVERLOADED(RESOURCES, SOON),
  /** The server takes no new work because it is about to stop, or has not yet started. */
  SHUTTING_DOWN(RESOURCES, SOON),

  STORE_UNREACHABLE(EXTERNAL, SOON),
  STORE_HOST_UNKNOWN(EXTERNAL, SOON),
  STORE_REFUSED_LOGIN(EXTERNAL, AFTER_CHANGE),
  STORE_HOST_KEY_CHANGED(EXTERNAL, AFTER_CHANGE),
  STORE_ACCESS_DENIED(EXTERNAL, AFTER_CHANGE),
  STORE_ROOT_MISSING(EXTERNAL, AFTER_CHANGE),
  STORE_NOT_FOUND(EXTERNAL, NEVER),
  STORE_READ_FAILED(EXTERNAL, SOON),
  STORE_WRITE_FAILED(EXTERNAL, SOON),
  STORE_SHORT_SOURCE(EXTERNAL, SOON),
  HOOK_FAILED(EXTERNAL, SOON),
  /** Whoever vouches for people could not be reached, or its answer could not be believed. */
  ISSUER_FAILED(EXTERNAL, SOON),

  INTERNAL_ERROR(INTERNAL, NEVER);

  private final ErrorCategory category;
  private final RetryAdvice retry;

  ErrorCode(ErrorCategory category, RetryAdvice retry) {
    this.category = category;
    this.retry = retry;
  }

  public ErrorCategory category() {
    return category;
  }

  public RetryAdvice retry() {
    return retry;
  }
}
