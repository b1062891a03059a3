package io.jenkins.plugins.darwin.jenkins.vote;

import hudson.model.Job;
import hudson.model.User;
import hudson.security.ACL;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import jenkins.model.IdStrategy;
import jenkins.model.Jenkins;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Who may vote here, by what Jenkins knows of users, groups and permissions at this moment. */
final class Electorate {
    /** What somebody may do. */
    enum Standing {
        BINDING,
        ADVISING,
        NONE
    }

    private final GateHeader header;
    private final Job<?, ?> job;

    Electorate(GateHeader header, Job<?, ?> job) {
        this.header = header;
        this.job = job;
    }

    /** What the owner of this session may do. Anonymous nothing, whatever anonymous was granted. */
    Standing standing(Authentication auth) {
        if (ACL.isAnonymous2(auth) || !job.getACL().hasPermission2(auth, VotePermissions.VOTE)) {
            return Standing.NONE;
        }
        if (header.voters().isEmpty() || named(header.voters(), auth)) {
            return Standing.BINDING;
        }
        return header.advisers().isEmpty() || named(header.advisers(), auth) ? Standing.ADVISING : Standing.NONE;
    }

    private static boolean named(List<String> entries, Authentication auth) {
        IdStrategy users = Jenkins.get().getSecurityRealm().getUserIdStrategy();
        IdStrategy groups = Jenkins.get().getSecurityRealm().getGroupIdStrategy();
        return entries.stream()
                .anyMatch(entry -> entry.startsWith("@")
                        ? auth.getAuthorities().stream()
                                .anyMatch(a -> groups.equals(entry.substring(1), a.getAuthority()))
                        : users.equals(entry, auth.getName()));
    }

    /**
     * Whether a voter's ballot binds now, each voter looked up once. Somebody who has a ballot must still be there and
     * still be allowed; somebody who is awaited counts as awaited, even when Jenkins has never seen them.
     *
     * @param voted keys of those with a ballot
     */
    Predicate<String> eligible(Set<String> voted) {
        Map<String, Boolean> known = new HashMap<>();
        return voter -> known.computeIfAbsent(voter, v -> voted.contains(v) ? binds(v) : !barred(v));
    }

    private boolean binds(String voter) {
        return authentication(voter)
                .filter(auth -> standing(auth) == Standing.BINDING)
                .isPresent();
    }

    private boolean barred(String voter) {
        return authentication(voter)
                .filter(auth -> standing(auth) == Standing.NONE)
                .isPresent();
    }

    /** Voters of the policy who could not vote as things are, for a warning. */
    List<String> unable() {
        return header.voters().stream()
                .filter(v -> !v.startsWith("@"))
                .filter(v -> !binds(VoterIds.ofUser(v)))
                .toList();
    }

    /** Empty for nobody whom Jenkins' security realm knows, and for whom it locked out. */
    private static Optional<Authentication> authentication(String voter) {
        String id = VoterIds.toUser(voter);
        User user = User.getById(id, false);
        try {
            UserDetails details = user == null
                    ? Jenkins.get().getSecurityRealm().loadUserByUsername2(id) // without a trace: looking makes no user
                    : user.getUserDetailsForImpersonation2();
            return details.isEnabled() && details.isAccountNonLocked() && details.isAccountNonExpired()
                    ? Optional.of(new UsernamePasswordAuthenticationToken(
                            details.getUsername(), "", details.getAuthorities()))
                    : Optional.empty();
        } catch (UsernameNotFoundException | AccountStatusException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw ReleaseException.failed(
                    "Cannot tell who may vote: Jenkins' security realm does not answer about " + id + " ("
                            + e.getMessage() + ").",
                    e);
        }
    }
}
