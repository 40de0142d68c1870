package scan

import (
	"cmp"
	"slices"
)

// readChains reads the connects once more for the calls that have several: only
// of these has to be known in which order they came.
func (e *engine) readChains() error {
	j := e.joined
	if len(j.again) == 0 {
		return nil
	}
	p := e.newPass(e.connects, newCodeSet(j.again))
	if err := p.run((*worker).connects); err != nil {
		return err
	}
	for _, w := range p.workers {
		j.chains = append(j.chains, w.list...)
		w.list = nil
	}
	names := e.people.all()
	slices.SortFunc(j.chains, func(a, b connect) int { return cmp.Or(cmp.Compare(a.code, b.code), compareConnects(&a, &b, names)) })
	for _, code := range j.again {
		j.who[j.find(code)] = stated{agent: chained, talk: noConnect}.who()
	}
	for from := 0; from < len(j.chains); {
		to := from + 1
		for to < len(j.chains) && j.chains[to].code == j.chains[from].code {
			to++
		}
		j.settleChain(from, to)
		from = to
	}
	return nil
}

// compareConnects orders the connects of one call by time; names of agents make
// an order that does not depend on their numbers.
func compareConnects(a, b *connect, names []string) int {
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(names[a.agent], names[b.agent]), a.place.compare(b.place))
}

// settleChain links the connects of one call, without repeats: of equal rows one
// stays; where two of one agent and moment differ, none does.
func (j *joined) settleChain(from, to int) {
	last := noConnect
	for from < to {
		n := 1
		for from+n < to && sameKey(&j.chains[from+n], &j.chains[from]) {
			n++
		}
		if j.settleSame(j.chains[from : from+n]) {
			if last == noConnect {
				j.who[j.find(j.chains[from].code)] = stated{agent: chained, talk: int32(from)}.who()
			} else {
				j.chains[last].link = int32(from)
			}
			last = int32(from)
		}
		from += n
	}
}

// settleSame settles connects of one call, agent and moment; true: the first stays.
func (j *joined) settleSame(same []connect) bool {
	for i := range same[1:] {
		if !sameContent(&same[i+1], &same[0]) {
			j.connectConflict(same)
			return false
		}
	}
	for i := range same[1:] {
		same[i+1].fate = duplicateRow
	}
	return true
}

func (j *joined) connectConflict(same []connect) {
	places := make([]place, len(same))
	for i := range same {
		same[i].fate = duplicateConnect
		places[i] = same[i].place
	}
	j.conflicts = append(j.conflicts, conflict{why: duplicateConnect, places: places})
}

func sameKey(a, b *connect) bool { return a.at == b.at && a.agent == b.agent }

func sameContent(a, b *connect) bool {
	return a.talk == b.talk && a.ring == b.ring && a.intent == b.intent && a.next == b.next
}
