package io.jenkins.plugins.darwin.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.darwin.model.CommitId;
import io.jenkins.plugins.darwin.model.Person;
import java.util.Optional;

/**
 * Lets one commit pass although it breaks a rule.
 *
 * @param commit 12 to 40 hex digits: of the commit on the branch, or of its origin on trunk
 * @param rule the one rule that it is let off; empty for all
 * @param author who asked
 * @param approver who agreed: somebody else
 * @param line in the file, for people
 */
public record Waiver(
        String commit,
        Optional<Rule> rule,
        Person author,
        Person approver,
        String reason,
        @JsonIgnore int line) {
    boolean covers(CommitId id, Rule broken) {
        return id.sha().startsWith(commit) && rule.map(broken::equals).orElse(true);
    }

    /** For people: {@code waived by Bob <bob@example.org> for Asha <asha@example.org>: why}. */
    public String describe() {
        return "waived by " + approver + " for " + author + ": " + reason;
    }

    /** Whether two names stand for one person: the same address, or the same name. */
    static boolean same(Person a, Person b) {
        return a.email().equalsIgnoreCase(b.email()) || a.name().equalsIgnoreCase(b.name());
    }
}
