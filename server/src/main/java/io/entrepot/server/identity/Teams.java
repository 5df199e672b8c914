// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.AuditTrail.Entry;
import io.entrepot.server.identity.Team.MemberType;
import io.entrepot.server.identity.Team.Membership;
import io.entrepot.server.ledger.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** The teams of one kind: all groups, or all projects. */
public final class Teams {

  private final Team.Kind kind;
  private final Database database;
  private final TeamTable table;
  private final MembershipTable memberships;
  private final IdentityTools tools;

  Teams(Team.Kind kind, Database database, IdentityTools tools) {
    this.kind = kind;
    this.database = database;
    this.table = new TeamTable(database);
    this.memberships = new MembershipTable(database);
    this.tools = tools;
  }

  public Team.Kind kind() {
    return kind;
  }

  /**
   * @throws EntrepotException {@code ALREADY_EXISTS} when a live one has the name
   */
  public Team create(Actor by, String name, @Nullable String description) {
    Instant now = tools.clock().instant();
    Team team = new Team(tools.ids().next(), kind, name, description, now, now, null);
    return withFreeName(
        name,
        () -> {
          table.insert(team);
          audit(by, new Entry("create", kind.word(), team.id(), Differences.of(null, team)));
          return team;
        });
  }

  /**
   * @param change makes the new naming of the present one; nobody changes it meanwhile
   * @throws EntrepotException {@code ALREADY_EXISTS} when another live one has the name
   */
  public Team update(Actor by, Id id, UnaryOperator<Team.Naming> change) {
    return database.write(
        () -> {
          database.hold("team", id);
          Team old = live(id);
          Team.Naming now = change.apply(new Team.Naming(old.name(), old.description()));
          return withFreeName(now.name(), () -> replace(by, "update", old, renamed(old, now)));
        });
  }

  private Team renamed(Team old, Team.Naming now) {
    return new Team(
        old.id(),
        kind,
        now.name(),
        now.description(),
        old.createdAt(),
        tools.clock().instant(),
        null);
  }

  /** Hides it; what its members could see through it they no longer see. */
  public void delete(Actor by, Id id) {
    database.writeFromReserve(
        () -> {
          database.hold("team", id);
          Team old = live(id);
          Instant now = tools.clock().instant();
          replace(by, "delete", old, withDeletedAt(old, now, now));
        });
  }

  /** Brings it back with the members it had. */
  public Team restore(Actor by, Id id) {
    return database.write(
        () -> {
          database.hold("team", id);
          Team deleted =
              table
                  .find(kind, id)
                  .filter(team -> team.deletedAt() != null)
                  .orElseThrow(() -> new NotFoundException("Deleted " + kind.word()));
          Team back = withDeletedAt(deleted, null, tools.clock().instant());
          return withFreeName(back.name(), () -> replace(by, "restore", deleted, back));
        });
  }

  public Team live(Id id) {
    return find(id).orElseThrow(() -> new NotFoundException(kind.title()));
  }

  /** Empty for a deleted one. */
  public Optional<Team> find(Id id) {
    return table.find(kind, id).filter(team -> team.deletedAt() == null);
  }

  /** The live one of that name, case aside. */
  public Optional<Team> findByName(String name) {
    return table.findByName(kind, name);
  }

  /** Oldest first. */
  public Slice.Part<Team> list(Slice slice) {
    return table.list(kind, slice);
  }

  /**
   * Takes somebody in.
   *
   * @throws EntrepotException {@code ALREADY_EXISTS} for one who is in already
   * @throws InvalidFieldsException when there is no such live account or group
   */
  public Membership add(Actor by, Id team, MemberType type, Id member) {
    Membership made =
        new Membership(tools.ids().next(), team, type, member, tools.clock().instant());
    try {
      database.write(
          () -> {
            live(team);
            requireMember(type, member);
            memberships.insert(made);
            audit(by, membershipEntry("grant", made.team(), new Change(null, member.hex())));
          });
      return made;
    } catch (DuplicateKeyException _) {
      throw new EntrepotException(ErrorCode.ALREADY_EXISTS, "Already a member");
    }
  }

  public void remove(Actor by, Id team, Id member) {
    database.writeFromReserve(
        () -> {
          live(team);
          if (!memberships.delete(team, member)) {
            throw new NotFoundException("Membership");
          }
          audit(by, membershipEntry("revoke", team, new Change(member.hex(), null)));
        });
  }

  /** Oldest first. */
  public List<Membership> members(Id team) {
    live(team);
    return memberships.of(team);
  }

  private void requireMember(MemberType type, Id member) {
    boolean exists =
        switch (type) {
          case USER ->
              new AccountTable(database)
                  .find(member)
                  .filter(account -> account.deletedAt() == null)
                  .isPresent();
          case GROUP ->
              table
                  .find(Team.Kind.GROUP, member)
                  .filter(group -> group.deletedAt() == null)
                  .isPresent();
        };
    if (!exists) {
      String thing = type == MemberType.USER ? "User" : Team.Kind.GROUP.title();
      String field = kind == Team.Kind.GROUP ? "user_id" : "member_id";
      throw new InvalidFieldsException(FieldProblem.dangling(field, thing, member.toUuid()));
    }
  }

  private Team replace(Actor by, String action, Team old, Team changed) {
    table.update(changed);
    audit(by, new Entry(action, kind.word(), changed.id(), Differences.of(old, changed)));
    return changed;
  }

  private Entry membershipEntry(String action, Id team, Change member) {
    return new Entry(action, kind.word(), team, Map.of("member", member));
  }

  private void audit(Actor by, Entry entry) {
    tools.audit().record(by, entry);
  }

  private <T> T withFreeName(String name, Supplier<T> work) {
    try {
      return database.write(work);
    } catch (DuplicateKeyException _) {
      throw new EntrepotException(
          ErrorCode.ALREADY_EXISTS, kind.title() + " \"" + name + "\" exists already");
    }
  }

  private static Team withDeletedAt(Team old, @Nullable Instant deletedAt, Instant now) {
    return new Team(
        old.id(), old.kind(), old.name(), old.description(), old.createdAt(), now, deletedAt);
  }
}
