// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which checks of a door a test shows: the door and the number in its list. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Check {
  String[] value();
}
