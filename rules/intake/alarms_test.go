package intake_test

import (
	"strings"
	"testing"
)

// emergencies are told of somebody, S, as people tell them.
var emergencies = strings.Split(`S has chest pain; S is having crushing chest pain; S has pressure in the chest and is sweating; S feels a tightness across the chest; S can't breathe; S is short of breath; S has trouble breathing; S is gasping for air;
S is turning blue; S is choking; S has a drooping face and slurred speech; S suddenly has a weak arm; S can't move the left side; S suddenly lost vision in one eye; S is having a stroke; S has the worst headache ever; S has a sudden severe headache with a stiff neck;
S wants to die; S is suicidal; S took too many pills; S swallowed a whole bottle of tylenol; S overdosed; S drank bleach; S swallowed a battery; S was poisoned; S is coughing up blood; S is vomiting blood; S is bleeding and it won't stop; S is bleeding heavily;
S has a swollen tongue and hives; S is having an anaphylactic reaction; S passed out; S fainted; S is unconscious; S won't wake up; S is having a seizure; S had a seizure and never had one before; S is having convulsions; S hit the head hard and is vomiting; S got knocked out;
S can't move the legs after a fall; S was in a car crash an hour ago; S got stabbed; S was shot in the leg; S has a deep cut that won't stop bleeding; S has a third degree burn; S almost drowned; S inhaled a lot of smoke; S has severe stomach pain; S has sudden terrible belly pain;
S has a blood sugar of 520; S is diabetic and confused; S is pregnant and bleeding heavily; S tiene dolor de pecho; S no puede respirar; S se desmayó; S está vomitando sangre; S tomó demasiadas pastillas; S se tragó una pila`, ";")

// people are who an emergency is told of.
var people = strings.Split(`my husband,my mother,my 5 year old,my daughter,he,she,my friend,my dad,patient,mi esposo`, ",")

// cries are what is said around an emergency.
var cries = []string{"X", "X, what should I do?", "help X", "X please advise", "since this morning X", "X. is the ER covered?", "Hi, X and I don't know what to do", "X right now!!", "URGENT: X"}

// TestEmergenciesAreRaised tells every emergency of everybody.
func TestEmergenciesAreRaised(t *testing.T) {
	ask := asked(t)
	n, missed := 0, 0
	for _, e := range emergencies {
		var told []string
		for _, p := range people {
			told = append(told, strings.ReplaceAll(strings.TrimSpace(e), "S", p))
		}
		fill(cries, told, func(text string) {
			n++
			if _, flagged := ask(text); !flagged {
				missed++
				t.Logf("missed: %q", text)
			}
		})
	}
	if missed*200 > n {
		t.Errorf("%d of %d emergencies are missed", missed, n)
	}
}

// names are emergencies as they are talked about.
var names = strings.Split(`a heart attack,a stroke,seizures,chest pain,shortness of breath,an overdose,a concussion,anaphylaxis,a brain bleed,poisoning,suicidal thoughts,fainting,slurred speech,coughing up blood,severe abdominal pain,domestic violence,a gunshot wound,smoke inhalation,a severe allergic reaction`, ",")

// talk is how an emergency is talked about without there being one.
var talk = []string{
	"does my plan cover treatment for X", "my claim for X was denied", "how much does a hospital stay for X cost", "is the ambulance covered for X", "bill from when I was treated for X last year", "do I need prior authorization for a test for X",
	"What are the symptoms of X ?", "What causes X ?", "What are the treatments for X ?", "How to prevent X ?", "Who is at risk for X? ?", "how is X diagnosed", "what is the outlook after X", "information on X for a school project",
	"I had X ten years ago", "my father had X in 2009 and died", "my grandmother died of X", "family history of X", "I have never had X", "no history of X", "I don't have X", "denies X", "is X a side effect of lisinopril",
}

// TestTalkOfEmergenciesIsQuiet talks about every emergency.
func TestTalkOfEmergenciesIsQuiet(t *testing.T) {
	ask := asked(t)
	n, alarms := 0, 0
	fill(talk, names, func(text string) {
		n++
		if _, flagged := ask(text); flagged {
			alarms++
			t.Logf("alarm: %q", text)
		}
	})
	if alarms*50 > n {
		t.Errorf("%d of %d mentions raise a red flag", alarms, n)
	}
}
