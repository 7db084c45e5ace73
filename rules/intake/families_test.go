package intake_test

import (
	"strings"
	"testing"

	"github.com/rightvoice/rightvoice/rules/fact"
	"github.com/rightvoice/rightvoice/rules/intake"
)

// conditions are illnesses as people and libraries name them, common and rare.
var conditions = strings.Split(`Pneumonia, Kidney Stones in Adults, Shingles, Strep Throat, Appendicitis, Gallstones, Food Poisoning, Influenza, Celiac Disease, Asthma, COPD,
High Blood Pressure, Type 2 Diabetes, Gestational Diabetes, Coronary Artery Disease, Heart Failure, Atrial Fibrillation, Stroke, Heart Attack, Anemia, Leukemia, Breast Cancer, Colorectal Cancer,
Hodgkin Lymphoma, Melanoma, Brain Tumors, Alzheimer's Disease, Parkinson's Disease, Multiple Sclerosis, Amyotrophic Lateral Sclerosis, Epilepsy, Migraine, Narcolepsy, Restless Legs Syndrome, Sleep Apnea, Insomnia,
Depression, Bipolar Disorder, Schizophrenia, Autism, Attention Deficit Hyperactivity Disorder, Dry Mouth, Gum Disease, Tooth Decay, Glaucoma, Cataract, Age-related Macular Degeneration, Diabetic Retinopathy, Hearing Loss, Tinnitus,
Osteoarthritis, Rheumatoid Arthritis, Gout, Osteoporosis, Lupus, Fibromyalgia, Psoriasis, Vitiligo, Rosacea, Acne, Eczema, Alopecia Areata, Hives, Irritable Bowel Syndrome, Crohn's Disease, Ulcerative Colitis, GERD, Hemorrhoids,
Cirrhosis, Hepatitis C, Fatty Liver, Pancreatitis, Kidney Failure, Polycystic Kidney Disease, Urinary Tract Infections, Prostatitis, Erectile Dysfunction, Endometriosis, Uterine Fibroids, Polycystic Ovary Syndrome, Menopause,
Hypothyroidism, Graves' Disease, Hashimoto's Disease, Addison's Disease, Cushing's Syndrome, Acromegaly, Cystic Fibrosis, Sickle Cell Disease, Hemophilia, Thalassemia, Hemochromatosis, Marfan Syndrome, Ehlers-Danlos Syndrome, Down Syndrome,
Trisomy 18, Turner Syndrome, Klinefelter Syndrome, Fragile X Syndrome, Huntington Disease, Wilson Disease, Gaucher Disease, Fabry Disease, Pompe Disease, Tay-Sachs Disease, Phenylketonuria, Galactosemia, Homocystinuria, Albinism,
Achondroplasia, Osteogenesis Imperfecta, Duchenne Muscular Dystrophy, Spinal Muscular Atrophy, Charcot-Marie-Tooth Disease, Myasthenia Gravis, Guillain-Barre Syndrome, Bell's Palsy, Cerebral Palsy, Spina Bifida, Hydrocephalus, Neurofibromatosis, Tuberous Sclerosis,
Retinitis Pigmentosa, Usher Syndrome, Leber Congenital Amaurosis, Sarcoidosis, Scleroderma, Sjogren's Syndrome, Vasculitis, Kawasaki Disease, Raynaud's, Lymphedema, Varicose Veins, Deep Vein Thrombosis, Pulmonary Embolism, Pulmonary Hypertension,
Idiopathic Pulmonary Fibrosis, Tuberculosis, Lyme Disease, Malaria, Dengue, West Nile Virus, Rabies, Whooping Cough, Measles, Mumps, Chickenpox, HIV/AIDS, Herpes Simplex, HPV, Chlamydia, Gonorrhea, Syphilis, Scabies, Head Lice, Ringworm, Warts,
Carpal Tunnel Syndrome, Sciatica, Scoliosis, Spinal Stenosis, Plantar Fasciitis, Rotator Cuff Tear, Concussion, Burns, Hip Fracture, Mesothelioma, Neuroblastoma, Retinoblastoma, Wilms Tumor, Osteosarcoma, Ewing Sarcoma, Multiple Myeloma,
ataxia telangiectasia, porphyria, progeria, alkaptonuria, dyskeratosis congenita, Joubert syndrome, Noonan syndrome, Kabuki syndrome, Zellweger spectrum disorder, medium-chain acyl-CoA dehydrogenase deficiency, 22q11.2 deletion syndrome, Peyronie's Disease,
Goiter, Lactose Intolerance, Diverticulosis, Hiatal Hernia, Barrett's Esophagus, Gastroparesis, Short Bowel Syndrome, Whipple Disease, Zollinger-Ellison Syndrome, Nephrotic Syndrome, Amyloidosis, Syringomyelia, Tourette Syndrome, Dystonia, Essential Tremor`, ",")

// aboutIllness are questions about an illness that only a clinician answers.
var aboutIllness = []string{
	"What is (are) X ?", "what is X", "What causes X ?", "What are the symptoms of X ?", "What are the treatments for X ?", "How to diagnose X ?", "How is X diagnosed?", "Who is at risk for X? ?",
	"What is the outlook for X ?", "Is X inherited ?", "How many people are affected by X ?", "What are the genetic changes related to X ?", "What are the complications of X ?", "how do you get X",
	"what research (or clinical trials) is being done for X ?", "can X be cured", "what are the stages of X", "Do you have information about X", "what is the treatment of X in children", "I was just diagnosed with X, what happens now",
	"my mother has X and I am worried", "is X contagious", "what medicine is best for X", "is surgery needed for X", "Can X kill you?", "help me with X please", "X", "I have X", "my son was born with X", "What tests are there for X?",
	"How to prevent X ?", "What to do for X ?", "what should I eat if I have X", "can I exercise with X", "tell me about X",
}

// objects are clinical things that a plan is asked to pay for.
var objects = strings.Split(`knee replacement, physical therapy for back pain, an MRI of the brain, chemotherapy, insulin pumps, diabetes test strips, a CPAP machine, cataract surgery, hearing aids, acupuncture, chiropractic care, bariatric surgery, IVF,
a colonoscopy, a mammogram, flu shots, the shingles vaccine, an ambulance, emergency room visits, urgent care, a hospital stay for a heart attack, stroke rehab, mental health counseling, therapy for depression, drug rehab, suicide prevention counseling, overdose treatment,
Ozempic, Humira, Lipitor, an EpiPen, naloxone, birth control, a hysterectomy, prenatal care, a home birth, a c-section, breast pumps, genetic testing, a biopsy, x-rays, blood work, dental implants, braces, root canals, eyeglasses, LASIK, dermatology visits, skin cancer screening,
wheelchairs, oxygen, home health care, hospice, nursing homes, a nutritionist, weight loss programs, gym memberships, smoking cessation, sleep studies, allergy shots, asthma inhalers, epilepsy drugs, hepatitis C treatment, kidney dialysis, a liver transplant, wound care, speech therapy for autism`, ",")

// aboutPayment are questions that only the plan answers, whatever the object.
var aboutPayment = []string{
	"does my plan cover X", "is X covered", "are X covered by my insurance", "will insurance pay for X", "how much does X cost with my plan", "what's my copay for X", "do I need prior authorization for X", "what is my coverage for X",
	"Does Medicare cover X?", "my claim for X was denied", "how much will I pay for X", "is X covered under my policy", "do you cover X", "does X count toward my deductible", "I got a bill for X", "does blue cross pay for X", "are there limits on X with my plan",
	"why did my insurance deny X", "can I get reimbursed for X", "what would X cost me out of pocket", "is X included in my benefits", "do I need a referral for X", "Hi, I was wondering if X is covered", "mi seguro cubre X", "where can I get X in network",
}

func fill(templates, words []string, each func(text string)) {
	for _, t := range templates {
		for _, w := range words {
			each(strings.ReplaceAll(t, "X", strings.TrimSpace(w)))
		}
	}
}

// asked is the sender of the main topic, and whether a red flag was raised.
func asked(t testing.TB) func(text string) (sender string, flagged bool) {
	set, lex := rules(t)
	return func(text string) (string, bool) {
		f, topics := lex.Gather(intake.Question{Text: text})
		d := set.Decide(&f, topics[0])
		return d.Sender.String(), f.Raw(fact.TextRedFlag) != 0
	}
}

// TestIllnessIsNeverTheInsurers asks everything about every illness.
func TestIllnessIsNeverTheInsurers(t *testing.T) {
	ask := asked(t)
	n, lost := 0, 0
	fill(aboutIllness, conditions, func(text string) {
		n++
		sender, flagged := ask(text)
		if sender == "insurer" {
			t.Errorf("unsafe: %q", text)
		}
		if sender != "provider" {
			lost++
			t.Logf("%s: %q", sender, text)
		}
		if flagged {
			t.Logf("flagged: %q", text)
		}
	})
	if lost*100 > n {
		t.Errorf("%d of %d questions about an illness find no provider", lost, n)
	}
}

// TestPaymentStaysThePlans asks what the plan pays for every clinical thing.
func TestPaymentStaysThePlans(t *testing.T) {
	ask := asked(t)
	n, lost, alarms := 0, 0, 0
	fill(aboutPayment, objects, func(text string) {
		n++
		sender, flagged := ask(text)
		if flagged {
			alarms++
			t.Logf("flagged: %q", text)
		} else if sender != "insurer" {
			lost++
			t.Logf("%s: %q", sender, text)
		}
	})
	if lost*100 > 2*n {
		t.Errorf("%d of %d questions about payment miss the plan", lost, n)
	}
	if alarms*1000 > n {
		t.Errorf("%d of %d questions about payment raise a red flag", alarms, n)
	}
}
