// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.catalog.GranteeSearch;
import io.entrepot.server.catalog.GranteeType;
import java.util.List;
import org.springframework.stereotype.Component;

/** Those who can be let in, by the names that people know them by. */
@Component
final class Grantees {

  static final List<Form.Option> KINDS =
      List.of(
          new Form.Option(GranteeType.USER.word(), "A person, by e-mail"),
          new Form.Option(GranteeType.GROUP.word(), "A group, by name"),
          new Form.Option(GranteeType.PROJECT.word(), "A project, by name"));

  private final GranteeSearch search;

  Grantees(GranteeSearch search) {
    this.search = search;
  }

  /**
   * @throws InvalidFieldsException at the field {@code who} when nobody has that name
   */
  Id find(GranteeType type, String name) {
    return search
        .find(type, name)
        .orElseThrow(
            () ->
                new InvalidFieldsException(
                    FieldProblem.of("who", "unknown", "Nobody here is known by this.", name)));
  }

  /** The name of somebody who was let in, even when they have gone since. */
  String name(GranteeType type, Id id) {
    return search
        .name(type, id)
        .map(
            name ->
                switch (type) {
                  case USER -> name;
                  case GROUP, PROJECT -> type.title() + " " + name;
                })
        .orElse("somebody who is gone");
  }
}
